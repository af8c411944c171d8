import { patch } from './patch.ts';

/** A phone needs some 50 ms for a board; four times a second leaves it time for its reader. */
const DRAW_EVERY_MS = 250;

/**
 * Draws the latest, at most every quarter of a second; numbers that changed give a short beat.
 * `data-beat` names a number, so that it is compared with itself.
 */
export function redrawing(place: Element): (html: () => string) => void {
  let latest: (() => string) | undefined;
  let drawnAt = -DRAW_EVERY_MS;
  const draw = () => {
    drawnAt = performance.now();
    const before = beats(place);
    const now = latest?.() ?? '';
    latest = undefined;
    patch(place, now);
    for (const number of numbers(place)) if (before.get(beatOf(number)) !== number.textContent) beat(number);
  };
  return (html) => {
    if (latest === undefined)
      setTimeout(() => requestAnimationFrame(draw), Math.max(0, drawnAt + DRAW_EVERY_MS - performance.now()));
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
