import { patch } from './patch.ts';

/**
 * Draws at most once a frame, always the latest; numbers that changed give a short beat.
 * `data-beat` names a number, so that it is compared with itself.
 */
export function redrawing(place: Element): (html: () => string) => void {
  let latest: (() => string) | undefined;
  return (html) => {
    if (latest === undefined) {
      requestAnimationFrame(() => {
        const before = beats(place);
        const now = latest?.() ?? '';
        latest = undefined;
        patch(place, now);
        for (const number of numbers(place)) if (before.get(beatOf(number)) !== number.textContent) beat(number);
      });
    }
    latest = html;
  };
}

const numbers = (place: Element) =>
  place.querySelectorAll<HTMLElement>('.headline [data-beat], .total-value [data-beat]');

const beatOf = (number: HTMLElement): string => number.dataset['beat'] ?? '';

const beats = (place: Element): Map<string, string> =>
  new Map([...numbers(place)].map((number) => [beatOf(number), number.textContent]));

const beat = (number: HTMLElement): void => {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  number.animate([{ color: 'var(--son)' }, { color: 'inherit' }], { duration: 900, easing: 'ease-out' });
};
