import { describe, expect, it } from 'vitest';
import { Id } from '../../../events/fields.ts';
import { fixedIds } from '../../../src/demo/plan/fixed-ids.ts';

const moment = Date.parse('2022-04-21T07:30:00+07:00');

describe('fixed ids', () => {
  it('are UUIDv7 of the moment they are made for', () => {
    const id = fixedIds('a fair')('scan', 17, moment);
    expect(Id.parse(id)).toBe(id);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(moment);
  });

  it('are the same again for the same thing, and never for two things', () => {
    const ids = fixedIds('a fair');
    expect(fixedIds('a fair')('scan', 17, moment)).toBe(ids('scan', 17, moment));
    const others = [ids('scan', 18, moment), ids('void', 17, moment), fixedIds('another')('scan', 17, moment)];
    expect(new Set([ids('scan', 17, moment), ...others]).size).toBe(4);
  });
});
