import type { FairEvent } from '../../events/catalogue.ts';
import type { StateRules } from '../stream-states.ts';
import { gateFactOf, gateMarkOf } from './facts.ts';
import type { GateFact, Mark, PassNote } from './tables.ts';
import { noteAfter, noteOf } from './pass-notes.ts';

/** What is judged together: the facts of a pass, of a group, or one by itself, and what was said of them. */
export type Bearer = {
  readonly fair: string;
  /** As they were judged last, which is how they count; in no order. */
  readonly facts: readonly GateFact[];
  /** Not judged yet. */
  readonly fresh: readonly GateFact[];
  readonly marks: readonly Mark[];
  readonly note: PassNote | undefined;
};

/** A bearer's facts all stand in one stream; a correction stands alone, among all else that is said of its fair. */
export const bearers: StateRules<Bearer> = {
  keyOf: (event) => {
    if (event.type === 'CorrectionRecorded') return `${event.stream} ${event.id}`;
    return isAboutBearer(event) ? event.stream : undefined;
  },
  after: (before, event) => {
    const bearer = before ?? { fair: event.meta.fair, facts: [], fresh: [], marks: [], note: undefined };
    const fact = gateFactOf(event);
    if (fact) return isIn(bearer, fact) ? bearer : { ...bearer, fresh: [...bearer.fresh, fact] };
    const mark = gateMarkOf(event);
    if (mark) return { ...bearer, marks: [...bearer.marks, mark] };
    const note = bearer.note ?? noteOf(event);
    return note ? { ...bearer, note: noteAfter(note, event) } : bearer;
  },
  sizeOf: ({ facts }) => facts.length,
};

/** The same fact twice is one. */
const isIn = ({ facts, fresh }: Bearer, { kind, id }: GateFact): boolean =>
  [facts, fresh].some((known) => known.some((fact) => fact.kind === kind && fact.id === id));

const about: ReadonlySet<FairEvent['type']> = new Set([
  'VisitorCheckedIn',
  'VisitorCheckedOut',
  'ScanRefused',
  'ScanAccepted',
  'WalkInsCounted',
  'GroupArrived',
  'PassIssued',
  'PassRevoked',
]);
const gateKinds: readonly string[] = ['scan', 'walk-in', 'arrival'];

const isAboutBearer = (event: FairEvent): boolean =>
  about.has(event.type) || (event.type === 'FactVoided' && gateKinds.includes(event.data.kind));
