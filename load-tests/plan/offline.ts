import type { Scenario } from '../scenarios.ts';
import type { Chance } from './chance.ts';
import { Crowd } from './crowd.ts';
import type { Fact, Outcome, PassTerms, Scan, Sending, Showing, Stream, Void, WalkIn } from './facts.ts';
import type { Span } from './flow.ts';
import type { Place } from './place.ts';
import { walkInOf } from './counts.ts';

type Offline = NonNullable<Scenario['offline']>;
type World = {
  readonly place: Place;
  readonly passes: PassTerms[];
  readonly chance: Chance;
  readonly shares: Scenario['shares'];
  readonly startedAt: number;
};

const voided = 0.015;
/** Of wrong codes: somebody was let in all the same. */
const letInAnyway = 0.3;
const factsMax = 500;

/**
 * What the phones gathered without network, delivered in bursts: every phone's facts in another order, in several
 * deliveries, each of which is sent several times.
 */
export function planBursts(offline: Offline, { warmUpSeconds, seconds }: Span, world: World): Stream[] {
  const facts = [...gathered(offline, world), ...pressed(offline, world)];
  const byPhone = Map.groupBy([...facts, ...undone(facts, world)], phoneOf);
  const sendings = [...byPhone].flatMap(([device, own]) =>
    Array.from({ length: offline.deliveries }, () => inDeliveries(world.chance.shuffled(own), device)).flat(),
  );
  const each = Math.ceil(sendings.length / offline.bursts);
  const shuffled = world.chance.shuffled(sendings);
  return Array.from({ length: offline.bursts }, (_, burst): Stream => ({
    name: `burst-${burst + 1}`,
    phase: 'load',
    startSeconds: warmUpSeconds + (seconds / (offline.bursts + 1)) * (burst + (offline.bursts === 1 ? 1 : 0)),
    perSecond: 'at-once',
    sendings: shuffled.slice(burst * each, (burst + 1) * each),
  }));
}

const phoneOf = (fact: Scan | WalkIn | Void): number => {
  if (fact.kind !== 'void') return fact.device;
  return 'device' in fact.of ? fact.of.device : 0;
};

/** By so many as one delivery takes. */
const inDeliveries = (facts: readonly Fact[], device: number): Sending[] =>
  Array.from({ length: Math.ceil(facts.length / factsMax) }, (_, part) => ({
    kind: 'delivery',
    device,
    facts: facts.slice(part * factsMax, (part + 1) * factsMax),
  }));

/** Seconds before the load, in order. */
const momentsOf = (count: number, { hours }: Offline, chance: Chance): number[] =>
  Array.from({ length: count }, () => -chance.between(600, hours * 3600)).sort((a, b) => a - b);

function gathered(offline: Offline, world: World): Scan[] {
  const { chance, place } = world;
  const crowd = new Crowd(world.passes, chance);
  const known = place.phones.map(() => new Set<number>());
  return momentsOf(offline.scans, offline, chance).map((at) => {
    const device = chance.between(0, place.phones.length - 1);
    const gate = place.phones[device]?.gate ?? '';
    const id = chance.id(world.startedAt + at * 1000);
    const shown = shownTo({ device, gate, at }, crowd, known[device] ?? new Set(), world);
    return { kind: 'scan', id, at, device, gate, ...shown, told: true };
  });
}

type Phone = { readonly device: number; readonly gate: string; readonly at: number };
type Told = {
  readonly showing: Showing;
  readonly direction: 'in' | 'out';
  readonly persons: number;
  readonly expects: Outcome;
};

/** What a phone says that knows only what it has seen itself. */
function shownTo(
  { device, gate, at }: Phone,
  crowd: Crowd,
  known: Set<number>,
  { chance, shares, place }: World,
): Told {
  if (chance.happens(shares.wrongCodes)) return wrongCode(chance);
  const seen = chance.happens(shares.again + shares.exits) ? crowd.oneSeen({ from: -Infinity, until: at }) : undefined;
  const { pass } = seen ?? crowd.newcomer();
  const persons = chance.between(1, crowd.partySizeOf(pass));
  const leaves = seen?.isInside === true && place.isScannedOut(gate);
  crowd.saw({ pass, at, gate, device, persons, isInside: !leaves });
  const kind = chance.happens(shares.typed) ? 'typed' : 'code';
  const knewIt = known.has(pass);
  known.add(pass);
  if (leaves) return { showing: { kind, pass }, direction: 'out', persons, expects: 'left' };
  return { showing: { kind, pass }, direction: 'in', persons, expects: knewIt ? 'admitted-again' : 'admitted' };
}

function wrongCode(chance: Chance): Told {
  const showing = { kind: 'other', text: `SACH-${chance.between(1, 1_000_000)}` } as const;
  const expects = chance.happens(letInAnyway) ? 'admitted' : 'refused unknown-pass';
  return { showing, direction: 'in', persons: 1, expects };
}

const pressed = (offline: Offline, { chance, place, startedAt }: World): WalkIn[] =>
  momentsOf(offline.walkIns, offline, chance).map((at) =>
    walkInOf({ at, id: chance.id(startedAt + at * 1000) }, place, chance),
  );

/** Some are undone by their phone within its quarter of an hour. */
const undone = (facts: readonly (Scan | WalkIn)[], { chance, startedAt }: World): Void[] =>
  facts
    .filter(() => chance.happens(voided))
    .map((of) => {
      const at = of.at + chance.between(5, 600);
      return { kind: 'void', id: chance.id(startedAt + at * 1000), at, of, reason: 'Bấm nhầm' };
    });
