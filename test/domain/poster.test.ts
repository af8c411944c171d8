import { describe, expect, it } from 'vitest';
import { evolvePass, unseenPass } from '../../src/domain/pass.ts';
import { type PosterTap, recordPosterScan } from '../../src/domain/poster.ts';
import { closedFair, eightOClock as eight, fact, fairId, idOf, runningFair } from '../support/facts.ts';

const pass = idOf(0x9a);
const tap: PosterTap = {
  scan: idOf(1),
  occurredAt: eight,
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

  it('that is refused leaves no fact', () => {
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
