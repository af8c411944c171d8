import { describe, expect, it } from 'vitest';
import { Recent } from '../../src/commands/recent.ts';

describe('what was used lately', () => {
  const held = (recent: Recent<number>, count: number) =>
    Array.from({ length: count }, (_, at) => String(at)).filter((key) => recent.get(key) !== undefined);

  it('is remembered up to a number, the latest half of it for certain', () => {
    const recent = new Recent<number>(10);
    for (let at = 0; at < 1000; at += 1) recent.keep(String(at), at);
    for (let at = 995; at < 1000; at += 1) expect(recent.get(String(at))).toBe(at);
    expect(held(recent, 1000).length).toBeLessThanOrEqual(10);
  });

  it('stays as long as it is asked for, and what nobody asks for goes', () => {
    const recent = new Recent<number>(10);
    recent.keep('asked for', 1);
    recent.keep('left', 2);
    for (let at = 0; at < 100; at += 1) {
      recent.keep(String(at), at);
      expect(recent.get('asked for')).toBe(1);
    }
    expect(recent.get('left')).toBeUndefined();
  });
});
