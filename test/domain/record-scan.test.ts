import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FairEvent } from '../../events/catalogue.ts';
import { refusals } from '../../events/pass.ts';
import { evolvePass, factsOf, unseenPass } from '../../src/domain/pass.ts';
import type { PassClaims } from '../../src/domain/pass-token.ts';
import { type AskedScan, recordScan, type ShownCode } from '../../src/domain/record-scan.ts';
import { closedFair, eightOClock as eight, fact, fairId, idOf, minute, runningFair } from '../support/facts.ts';

const pass = idOf(0x9a);
const claims: PassClaims = {
  fair: fairId,
  pass,
  source: 'pass',
  category: 'family',
  partySize: 4,
  validFrom: null,
  validUntil: null,
};
const good: ShownCode = { is: 'pass', claims, trust: 'verified' };
const asked: AskedScan = { scan: idOf(0x5c), gate: 'G1', direction: 'in', occurredAt: eight, code: good };
const passAfter = (...events: readonly FairEvent[]) => events.reduce(evolvePass, unseenPass);

const admitted = (number: number, occurredAt: number, persons = 4) => {
  const about = {
    scan: idOf(number),
    pass,
    site: 'A',
    gate: 'G1',
    category: 'family',
    partySize: 4,
    persons,
  } as const;
  const data = { ...about, source: 'pass', decidedBy: 'server', trust: 'verified', outcome: 'admitted' } as const;
  return fact('VisitorCheckedIn', data, { occurredAt });
};
const voided = (number: number) =>
  fact('FactVoided', { void: idOf(0xdd), kind: 'scan', target: idOf(number), reason: 'bấm nhầm' });

describe('a scan that nobody answered yet', () => {
  it('lets in the whole party unless told, and never more', () => {
    expect(recordScan(unseenPass, asked, runningFair)).toEqual({
      type: 'VisitorCheckedIn',
      data: {
        scan: asked.scan,
        pass,
        site: 'A',
        gate: 'G1',
        category: 'family',
        partySize: 4,
        source: 'pass',
        decidedBy: 'server',
        trust: 'verified',
        persons: 4,
        outcome: 'admitted',
      },
    });
    expect(recordScan(unseenPass, { ...asked, persons: 2 }, runningFair)).toMatchObject({ data: { persons: 2 } });
    expect(recordScan(unseenPass, { ...asked, persons: 5 }, runningFair)).toMatchObject({
      wrong: [{ field: 'persons' }],
    });
  });

  it('of no pass of this fair is refused with what it is, even after closing', () => {
    for (const reason of ['unknown-pass', 'other-fair'] as const) {
      const scan = { ...asked, occurredAt: eight + 1, code: { is: 'no-pass', reason } as const };
      expect(recordScan(unseenPass, scan, closedFair)).toMatchObject({
        type: 'ScanRefused',
        data: { pass: null, reason },
      });
    }
  });

  it('after closing is refused, at closing not yet', () => {
    expect(recordScan(unseenPass, asked, closedFair)).toMatchObject({ type: 'VisitorCheckedIn' });
    const later = recordScan(unseenPass, { ...asked, occurredAt: eight + 1 }, closedFair);
    expect(later).toMatchObject({ type: 'ScanRefused', data: { pass, reason: 'fair-closed', direction: 'in' } });
  });

  it('is told of an admission that was recorded before, though it occurred later', () => {
    expect(recordScan(passAfter(admitted(1, eight + minute)), asked, runningFair)).toMatchObject({
      data: { outcome: 'admitted-again', first: { occurredAt: eight + minute, gate: 'G1' } },
    });
  });

  it('does not see what was undone', () => {
    const history = [admitted(1, eight - minute), voided(1)];
    expect(recordScan(passAfter(...history), asked, runningFair)).toMatchObject({ data: { outcome: 'admitted' } });
    expect(recordScan(passAfter(...history.toReversed()), asked, runningFair)).toMatchObject({
      data: { outcome: 'admitted' },
    });
  });

  it('names a gate that the fair has or had, and a time that can be', () => {
    expect(recordScan(unseenPass, { ...asked, gate: 'G9' }, runningFair)).toMatchObject({ wrong: [{ field: 'gate' }] });
    const dayBefore = Date.parse('2026-04-20T00:00:00+07:00');
    expect(recordScan(unseenPass, { ...asked, occurredAt: dayBefore }, runningFair)).toHaveProperty('type');
    expect(recordScan(unseenPass, { ...asked, occurredAt: dayBefore - 1 }, runningFair)).toMatchObject({
      wrong: [{ field: 'occurredAt' }],
    });
  });
});

describe('a scan that the device has answered', () => {
  const someHistory = fc
    .uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 60 }), minutes: fc.integer({ min: -30, max: 30 }) }), {
      selector: ({ number }) => number,
      maxLength: 8,
    })
    .map((scans) => scans.map(({ number, minutes }) => admitted(number, eight + minutes * minute)));
  const someEnding = fc.subarray([
    fact('PassRevoked', { pass, revocation: pass, reason: 'mất' }, { occurredAt: eight - minute }),
    voided(1),
  ]);
  const someCode = fc.constantFrom<ShownCode>(
    good,
    { is: 'pass', claims: { ...claims, validUntil: eight - minute }, trust: 'verified' },
    { is: 'no-pass', reason: 'unknown-pass' },
    { is: 'no-pass', reason: 'other-fair' },
  );
  const someFair = fc.constantFrom(runningFair, { ...closedFair, status: 'closed' as const, closedAt: eight - minute });

  it('is never turned from an admission into a refusal, nor from an exit into anything else', () => {
    fc.assert(
      fc.property(
        someHistory,
        someEnding,
        someCode,
        someFair,
        fc.constantFrom('admitted', 'admitted-again', 'left'),
        (history, ending, code, fair, outcome) => {
          const direction = outcome === 'left' ? ('out' as const) : ('in' as const);
          const scan = { ...asked, code, direction, decided: { outcome } };
          const recorded = recordScan(passAfter(...history, ...ending), scan, fair);
          expect(recorded).toMatchObject(
            outcome === 'left'
              ? { type: 'VisitorCheckedOut', data: { decidedBy: 'device' } }
              : { type: 'VisitorCheckedIn', data: { outcome, decidedBy: 'device' } },
          );
        },
      ),
    );
  });

  it('stays refused, with its reason', () => {
    fc.assert(
      fc.property(someHistory, someCode, someFair, fc.constantFrom(...refusals), (history, code, fair, reason) => {
        const scan = { ...asked, code, decided: { outcome: 'refused' as const, reason } };
        expect(recordScan(passAfter(...history), scan, fair)).toMatchObject({
          type: 'ScanRefused',
          data: { reason, decidedBy: 'device' },
        });
      }),
    );
  });

  it('of no pass of this fair is unverified, of as many individuals as came', () => {
    const scan = {
      ...asked,
      persons: 3,
      decided: { outcome: 'admitted' as const },
      code: { is: 'no-pass', reason: 'unknown-pass' } as const,
    };
    expect(recordScan(unseenPass, scan, runningFair)).toMatchObject({
      type: 'VisitorCheckedIn',
      data: { pass: null, trust: 'unverified', category: 'individual', persons: 3, partySize: 3 },
    });
  });

  it('let in as many as it says, whatever the party size', () => {
    const scan = { ...asked, persons: 9, decided: { outcome: 'admitted' as const } };
    expect(recordScan(unseenPass, scan, runningFair)).toMatchObject({ data: { persons: 9, partySize: 4 } });
  });

  it('says when the pass was first admitted, as the log knows it', () => {
    const scan = { ...asked, decided: { outcome: 'admitted' as const } };
    expect(recordScan(passAfter(admitted(1, eight - minute)), scan, runningFair)).toMatchObject({
      data: { outcome: 'admitted', first: { occurredAt: eight - minute, gate: 'G1' } },
    });
  });
});

describe('a scan on the way out that says not how many leave', () => {
  const way = (about: Partial<AskedScan>) => ({ ...asked, direction: 'out' as const, ...about });
  const leaving = (events: readonly FairEvent[], about: Partial<AskedScan> = {}) => {
    const decided = recordScan(passAfter(...events), way(about), runningFair);
    return 'type' in decided && decided.type === 'VisitorCheckedOut' ? decided.data.persons : decided;
  };
  const left = (number: number, occurredAt: number, persons: number) => {
    const decided = recordScan(unseenPass, way({ scan: idOf(number), occurredAt, persons }), runningFair);
    if (!('type' in decided) || decided.type !== 'VisitorCheckedOut') throw new Error('not let out');
    return fact('VisitorCheckedOut', decided.data, { occurredAt });
  };

  it('takes away those of the pass who are inside, whoever told of it', () => {
    const came = [admitted(1, eight - 3 * minute, 1), admitted(2, eight - 2 * minute, 2)];
    expect(leaving(came.slice(0, 1))).toBe(1);
    expect(leaving(came)).toBe(3);
    expect(leaving([...came, left(3, eight - minute, 2)])).toBe(1);
    expect(leaving(came.toReversed(), { decided: { outcome: 'left' } })).toBe(3);
  });

  it('does not count what was undone, read twice, came later, or was above the party', () => {
    expect(leaving([admitted(1, eight - 2 * minute, 1), admitted(2, eight - minute, 3), voided(2)])).toBe(1);
    expect(leaving([admitted(1, eight - 10_000, 1), admitted(2, eight - 5000, 1)])).toBe(1);
    expect(leaving([admitted(1, eight - minute, 1), admitted(2, eight + 1, 2)])).toBe(1);
    expect(leaving([admitted(1, eight - 2 * minute, 3), admitted(2, eight - minute, 3)])).toBe(4);
  });

  it('takes the whole party where nobody is known to be inside', () => {
    expect(leaving([])).toBe(4);
    expect(leaving([admitted(1, eight - minute, 2), left(3, eight - 1, 2)])).toBe(4);
    expect(leaving([admitted(1, eight - 24 * 60 * minute, 1)])).toBe(4);
    expect(leaving([admitted(1, eight - minute, 1)], { persons: 3 })).toBe(3);
  });
});

describe('what later scans are decided over', () => {
  it('is the same in whatever order the facts arrived', () => {
    const events = [
      admitted(1, eight),
      admitted(2, eight + 1),
      voided(1),
      fact('PassRevoked', { pass, revocation: pass, reason: 'mất' }),
    ];
    const known = (order: readonly FairEvent[]) =>
      factsOf(passAfter(...order)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (order) => {
        expect(known(order)).toEqual(known(events));
      }),
    );
  });
});
