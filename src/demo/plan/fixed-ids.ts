import { hash } from 'node:crypto';

/** Makes the id that a thing of the plan always has, so that a second run repeats the first. */
export type FixedIds = (kind: string, key: string | number, moment: number) => string;

/**
 * UUIDv7 ids that depend on nothing but the fair, the kind and the key.
 * @param fair anything that tells one planned fair from another
 * @returns a function whose `moment` (ms since 1970) becomes the id's time
 */
export function fixedIds(fair: string): FixedIds {
  return (kind, key, moment) => {
    const time = Math.floor(moment).toString(16).padStart(12, '0');
    const rest = hash('sha256', `${fair}\n${kind}\n${key}`, 'hex');
    const variant = ((Number.parseInt(rest.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${variant}${rest.slice(4, 7)}-${rest.slice(7, 19)}`;
  };
}
