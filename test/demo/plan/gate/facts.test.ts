import { describe, expect, it } from 'vitest';
import { excludedCategories } from '../../../../events/fields.ts';
import { closes, opens, dayOf, momentAt } from '../../../../src/demo/plan/calendar.ts';
import { gates } from '../../../../src/demo/plan/fair-settings.ts';
import type { GateFact, PosterScan, Scan, Void } from '../../../../src/demo/plan/gate/facts.ts';
import type { Pass } from '../../../../src/demo/plan/gate/parties.ts';
import { bacNinh2022 } from '../../../../src/demo/plan/options.ts';
import { planFair } from '../../../../src/demo/plan/plan-fair.ts';
import { repeatReads } from '../../../../src/domain/repeat-reads.ts';
import { decideScan, type PassFact } from '../../../../src/domain/scan.ts';
import { countVisits } from '../../../../src/domain/visits.ts';
import { voidTakesEffect } from '../../../../src/domain/void.ts';

const { gate, settings } = planFair(bacNinh2022);
type PassScan = PosterScan | Scan;

const voids = gate.facts.filter((fact): fact is Void => fact.kind === 'void');
const voided = new Set(voids.filter(({ means }) => means === 'takes-effect').map(({ of }) => of.id));
const scans = gate.facts.filter((fact): fact is PassScan => passOf(fact) !== undefined);
const byPass = Object.groupBy(scans, (scan) => passOf(scan)?.id ?? '');
const standing = (facts: readonly PassScan[]) => facts.filter(({ id }) => !voided.has(id));

function passOf(fact: GateFact): Pass | undefined {
  if (fact.kind === 'poster-scan') return fact.pass;
  if (fact.kind !== 'scan' || fact.showing.kind === 'other' || fact.showing.kind === 'forged') return undefined;
  return fact.showing.pass;
}

const gateOf = (scan: PassScan) => (scan.kind === 'scan' ? scan.device.gate : scan.gate);
const directionOf = (scan: PassScan) => (scan.kind === 'scan' ? scan.direction : 'in');
const persons = (list: readonly { readonly persons: number }[]) => list.reduce((sum, each) => sum + each.persons, 0);

describe('the gates of a plan', () => {
  it('show what the rules of the gate say, over all that happened before', () => {
    for (const scan of scans.filter((each): each is Scan => each.kind === 'scan' && !passOf(each)?.flaw)) {
      const { exits } = gates.find(({ code }) => code === scan.device.gate) ?? { exits: 'not-scanned' };
      const facts = standing(byPass[passOf(scan)?.id ?? ''] ?? []).flatMap((fact): PassFact[] => {
        if (fact.means === 'refused' || (fact.kind === 'scan' && fact.shown.outcome === 'refused')) return [];
        return [
          {
            kind: directionOf(fact) === 'in' ? 'admission' : 'exit',
            id: fact.id,
            occurredAt: fact.at,
            gate: gateOf(fact),
          },
        ];
      });
      const answer = decideScan(
        { id: scan.id, occurredAt: scan.at, direction: scan.direction },
        { facts, validFrom: null, validUntil: null },
        { exits, closes: settings.closes, closedAt: null },
      );
      expect({ id: scan.id, means: scan.means, ...answer }).toMatchObject({ id: scan.id, ...scan.shown });
    }
  });

  it('mean a visit exactly where the rule counts one', () => {
    for (const facts of Object.values(byPass)) {
      const reads = standing(facts ?? []).map((scan) => ({
        id: scan.id,
        occurredAt: scan.at,
        gate: gateOf(scan),
        direction: directionOf(scan),
        outcome:
          scan.means === 'refused' || (scan.kind === 'scan' && scan.shown.outcome === 'refused')
            ? ('refused' as const)
            : ('passed' as const),
        persons: scan.persons,
        partySize: passOf(scan)?.partySize ?? 0,
        means: scan.means,
      }));
      const repeats = repeatReads(reads);
      expect(reads.filter(({ means }) => means === 'repeat').map(({ id }) => id)).toEqual(
        [...repeats].map(({ id }) => id),
      );
      const admissions = reads.filter(
        (read) => read.direction === 'in' && read.outcome === 'passed' && !repeats.has(read),
      );
      const counted = countVisits(admissions, settings.visitRules);
      expect(counted.map(({ admission }) => admission.id)).toEqual(
        admissions.filter(({ means }) => means === 'visit').map(({ id }) => id),
      );
      expect(persons(counted)).toBe(persons(admissions.filter(({ means }) => means === 'visit')));
    }
  });

  it('undo in time what is a mistake, and too late what is none', () => {
    expect(voids.map(({ means }) => means)).toEqual(expect.arrayContaining(['takes-effect', 'too-late']));
    for (const { device, at, of, means } of voids) {
      const actor = { role: 'device', id: device.id } as const;
      const target = { actor: { role: 'device', id: of.device.id } as const, occurredAt: of.at };
      expect(voidTakesEffect({ actor, occurredAt: at }, target)).toBe(means === 'takes-effect');
      expect(of.means === 'mistake').toBe(means === 'takes-effect');
    }
    const mistakes = gate.facts.filter(({ means }) => means === 'mistake').map(({ kind }) => kind);
    expect(new Set(mistakes)).toEqual(new Set(['scan', 'walk-in', 'arrival']));
  });

  it('have the noise of the domain: 3 % scanned again, wrong codes, wrong clocks, a day late', () => {
    const entries = gate.facts.filter(({ kind, means }) => kind === 'scan' && means === 'visit').length;
    const again = gate.facts.filter(
      ({ kind, means }) => kind === 'scan' && (means === 'again' || means === 'conflict'),
    ).length;
    expect(again / entries).toBeGreaterThan(0.02);
    expect(again / entries).toBeLessThan(0.05);
    const reasons = gate.facts.flatMap((fact) =>
      fact.kind === 'scan' && fact.shown.outcome === 'refused' ? [fact.shown.reason] : [],
    );
    expect(new Set(reasons)).toEqual(
      new Set(['unknown-pass', 'revoked', 'expired', 'not-yet-valid', 'already-inside']),
    );
    const skews = gate.devices.map(({ skewSeconds }) => skewSeconds);
    expect([Math.min(...skews), Math.max(...skews)]).toEqual([-300, 300]);
    const outages = gate.devices.flatMap((device) => device.outages.map(({ from, to }) => (to - from) / 3_600_000));
    expect(Math.max(...outages)).toBeGreaterThan(20);
    expect(Math.max(...outages)).toBeLessThanOrEqual(24);
  });

  it('happen between opening and closing, but for those who work there', () => {
    const tooLate = gate.facts.filter(({ at }) => at >= momentAt(dayOf(at), closes));
    expect(tooLate).toEqual([]);
    const early = gate.facts.filter(({ at, means }) => means === 'visit' && at < momentAt(dayOf(at), opens));
    expect(new Set(early.map((fact) => passOf(fact)?.category))).toEqual(new Set(excludedCategories));
  });

  it('stay below the limit of new poster passes a minute', () => {
    const lanes = gate.facts.flatMap((fact) =>
      fact.kind === 'poster-scan' ? [`${fact.gate} ${Math.floor(fact.at / 60_000)}`] : [],
    );
    const most = Math.max(...Object.values(Object.groupBy(lanes, (lane) => lane)).map((taps) => taps?.length ?? 0));
    expect(most).toBeLessThan(60);
  });

  it('give every fact an id of its own', () => {
    expect(new Set(gate.facts.map(({ id }) => id)).size).toBe(gate.facts.length);
  });
});
