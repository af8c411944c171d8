import type { FairEvent } from '../../events/catalogue.ts';
import type { FairSettings } from '../../events/fair.ts';
import { dayOf, timeOf } from './facts.ts';
import type { Passage } from './passages.ts';

/** Admissions that the gate would have refused had it known all, or that two gates made within 10 minutes. */
export function recountConflicts(
  events: readonly FairEvent[],
  passages: readonly Passage[],
  settings: FairSettings,
): number {
  const scans = passages.filter(({ isScan, pass }) => isScan && pass !== null);
  return [...Map.groupBy(scans, ({ pass }) => pass ?? '')]
    .map(([pass, ways]) => conflictsOf(inOrder(ways), limitsOf(pass, events), { settings, exits: exitsOf(events) }))
    .reduce((total, count) => total + count, 0);
}

type Limits = {
  readonly from: number;
  readonly until: number;
  readonly revocations: readonly { occurredAt: number; id: string }[];
};

function limitsOf(pass: string, events: readonly FairEvent[]): Limits {
  const issued = events.find((event) => event.type === 'PassIssued' && event.data.pass === pass);
  const data = issued?.type === 'PassIssued' ? issued.data : undefined;
  const revocations = events.flatMap((event) =>
    event.type === 'PassRevoked' && event.data.pass === pass
      ? [{ occurredAt: event.occurredAt, id: event.data.revocation }]
      : [],
  );
  return { from: data?.validFrom ?? -Infinity, until: data?.validUntil ?? Infinity, revocations };
}

/** What each gate's settings said last; a gate that was taken away is known as it was. */
const exitsOf = (events: readonly FairEvent[]): ReadonlyMap<string, string> =>
  new Map(
    events.flatMap((event) =>
      event.type === 'FairCreated' || event.type === 'FairRevised'
        ? event.data.settings.gates.map(({ code, exits }) => [code, exits] as const)
        : [],
    ),
  );

type Fair = { readonly settings: FairSettings; readonly exits: ReadonlyMap<string, string> };

function conflictsOf(
  ways: readonly Passage[],
  { from, until, revocations }: Limits,
  { settings, exits }: Fair,
): number {
  return ways.filter((way, index) => {
    if (way.direction === 'out') return false;
    const isRevoked = revocations.some((revocation) => isEarlier(revocation, way));
    const last = ways[index - 1];
    const isInside =
      exits.get(way.gate) === 'scanned' &&
      last?.direction === 'in' &&
      endOfVisit(last.occurredAt, settings) > way.occurredAt;
    return isRevoked || way.occurredAt < from || way.occurredAt > until || isInside || isAtTwoGates(ways, index);
  }).length;
}

/** Whoever came in before the day's closing is gone by then, whoever came in later by midnight. */
const endOfVisit = (moment: number, { closes }: FairSettings): number =>
  Date.parse(`${dayOf(moment)}T${timeOf(moment) < closes ? closes : '24:00'}:00+07:00`);

function isAtTwoGates(ways: readonly Passage[], index: number): boolean {
  const way = ways[index];
  for (let before = index - 1; before >= 0; before -= 1) {
    const other = ways[before];
    if (!way || !other || other.direction === 'out' || way.occurredAt - other.occurredAt > 600_000) return false;
    if (other.gate !== way.gate) return true;
  }
  return false;
}

type Occurrence = { readonly occurredAt: number; readonly id: string };

const isEarlier = (a: Occurrence, b: Occurrence): boolean =>
  a.occurredAt < b.occurredAt || (a.occurredAt === b.occurredAt && a.id < b.id);

const inOrder = <Item extends Occurrence>(items: readonly Item[]): Item[] =>
  [...items].sort((a, b) => (isEarlier(a, b) ? -1 : 1));
