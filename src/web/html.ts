import type { JSX } from 'hono/jsx/jsx-runtime';

/**
 * The HTML of a component, for a response or for `patch`.
 * @throws Error when a component waits for something: what a page shows comes in as props.
 */
export function htmlOf(element: JSX.Element): string {
  if (element instanceof Promise) throw new Error('a component must not wait');
  return element.toString();
}
