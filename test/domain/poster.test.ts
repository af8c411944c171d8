import { describe, expect, it } from 'vitest';
import { evolvePass, type Pass, unseenPass } from '../../src/domain/pass.ts';
import { type PosterTap, recordPosterScan } from '../../src/domain/poster.ts';
import { closedFair, eightOClock as eight, fact, fairId, idOf, minute, runningFair } from '../support/facts.ts';

const pass = idOf(0x9a);
const tap: PosterTap = {
  scan: idOf(1),
  occurredAt: eight,
  toldAt: eight,
  poster: { gate: 'G1', on: 'screen' },
  claims: {
    fair: fairId,
    pass,
    source: 'poster',
    category: 'individual',
    partySize: 2,
    validFrom: null,
    validUntil: null,
  },
  newPasses: 1,
};
const printed = { ...tap, poster: { gate: 'G1', on: 'print' } } as const;
const withPrint = {
  ...runningFair,
  settings: {
    ...runningFair.settings,
    gates: runningFair.settings.gates.map((gate) => ({ ...gate, poster: 'print' as const })),
  },
};

/** Exits are not scanned, at two gates. */
const openedWide = {
  ...runningFair,
  settings: {
    ...runningFair.settings,
    gates: runningFair.settings.gates.flatMap((gate) =>
      ['G1', 'G2'].map((code) => ({ ...gate, code, exits: 'not-scanned' as const })),
    ),
  },
};

describe('a tap on a poster', () => {
  it('lets in, by the pass of the phone', () => {
    expect(recordPosterScan(unseenPass, tap, runningFair)).toMatchObject({
      type: 'VisitorCheckedIn',
      data: { pass, source: 'poster', persons: 2, trust: 'verified', decidedBy: 'server', outcome: 'admitted' },
    });
  });

  it('needs a code of now, of a gate that is there', () => {
    const expired = { refused: 'poster-expired' };
    expect(recordPosterScan(unseenPass, { ...tap, poster: undefined }, runningFair)).toEqual(expired);
    expect(recordPosterScan(unseenPass, { ...tap, poster: { gate: 'G9', on: 'screen' } }, runningFair)).toEqual(
      expired,
    );
  });

  it('takes a printed code only where the gate has a printed poster, and a screen’s there as well', () => {
    expect(recordPosterScan(unseenPass, printed, runningFair)).toEqual({ refused: 'poster-expired' });
    expect(recordPosterScan(unseenPass, printed, withPrint)).toHaveProperty('type', 'VisitorCheckedIn');
    expect(recordPosterScan(unseenPass, tap, withPrint)).toHaveProperty('type', 'VisitorCheckedIn');
  });

  it('is unverified above the gate’s limit, never refused', () => {
    const trust = (newPasses: number) => recordPosterScan(unseenPass, { ...tap, newPasses }, runningFair);
    expect(trust(60)).toMatchObject({ data: { trust: 'verified' } });
    expect(trust(61)).toMatchObject({ data: { trust: 'unverified' } });
  });

  const at = (number: number, occurredAt: number) => ({ ...tap, scan: idOf(number), occurredAt, toldAt: occurredAt });
  const afterTaps = (times: readonly number[]): Pass =>
    times.reduce<Pass>((known, occurredAt, number) => {
      const decided = recordPosterScan(known, at(number, occurredAt), openedWide);
      if (!('type' in decided)) throw new Error(`no fact: ${JSON.stringify(decided)}`);
      return evolvePass(known, fact(decided.type, decided.data, { actor: { role: 'public', id: pass }, occurredAt }));
    }, unseenPass);

  it('less than 30 seconds from another one at the gate is answered by that one', () => {
    const known = afterTaps([eight]);
    expect(recordPosterScan(known, at(1, eight + 29_999), runningFair)).toEqual({ repeats: idOf(0) });
    expect(recordPosterScan(known, { ...at(1, eight + 300_000), toldAt: eight + 5000 }, openedWide)).toEqual({
      repeats: idOf(0),
    });
    expect(recordPosterScan(known, at(1, eight + 30_000), openedWide)).toHaveProperty('type', 'VisitorCheckedIn');
    const other = { ...at(1, eight + 1000), poster: { gate: 'G2', on: 'screen' } } as const;
    expect(recordPosterScan(known, other, openedWide)).toHaveProperty('type', 'VisitorCheckedIn');
    const undo = { void: idOf(9), kind: 'scan', target: idOf(0), reason: 'nhầm' } as const;
    const undone = evolvePass(known, fact('FactVoided', undo));
    expect(recordPosterScan(undone, at(1, eight + 1000), openedWide)).toHaveProperty('type', 'VisitorCheckedIn');
  });

  it('is the last one when a pass has been tapped a hundred times within a day', () => {
    const known = afterTaps(Array.from({ length: 100 }, (_, number) => eight + number * minute));
    const hundredFirst = (occurredAt: number) => recordPosterScan(known, at(200, occurredAt), openedWide);
    expect(hundredFirst(eight + 120 * minute)).toEqual({ retryAfterSeconds: (24 * 60 - 120) * 60 });
    expect(hundredFirst(eight + 24 * 60 * minute)).toHaveProperty('type', 'VisitorCheckedIn');
  });

  it('that is refused is no scan in the log', () => {
    const revoked = evolvePass(
      unseenPass,
      fact('PassRevoked', { pass, revocation: pass, reason: 'mất' }, { occurredAt: eight - 1 }),
    );
    expect(recordPosterScan(revoked, tap, runningFair)).toEqual({ refused: 'revoked' });
    expect(recordPosterScan(unseenPass, { ...tap, occurredAt: eight + 1 }, closedFair)).toEqual({
      refused: 'fair-closed',
    });
    expect(recordPosterScan(unseenPass, { ...tap, persons: 3 }, runningFair)).toMatchObject({
      wrong: [{ field: 'persons' }],
    });
  });
});
