import type { ProjectedFact } from '../../events/catalogue.ts';
import type { StateRules } from '../stream-states.ts';
import { gateFactOf, gateMarkOf } from './facts.ts';
import type { GateFact, Judgement, Mark, PassNote } from './tables.ts';
import { noteAfter, noteOf } from './pass-notes.ts';

/** What is judged together: the facts of a pass, of a group, or one by itself, and what was said of them. */
export type Bearer = {
  readonly fair: string;
  /** In no order. */
  readonly facts: readonly GateFact[];
  /** What the first so many facts counted when they were judged last; the others were not judged yet. */
  readonly judgements: readonly Judgement[];
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
    const bearer = before ?? {
      fair: event.meta.fair,
      facts: nothing,
      judgements: nothing,
      marks: nothing,
      note: undefined,
    };
    const { fair, facts, judgements, marks, note } = bearer;
    const fact = gateFactOf(event);
    if (fact) return isIn(facts, fact) ? bearer : { fair, facts: [...facts, fact], judgements, marks, note };
    const mark = gateMarkOf(event);
    if (mark) return { fair, facts, judgements, marks: [...marks, mark], note };
    const noted = note ?? noteOf(event);
    return noted ? { fair, facts, judgements, marks, note: noteAfter(noted, event) } : bearer;
  },
  sizeOf: ({ facts }) => facts.length,
};

const nothing: readonly never[] = [];

/** The same fact twice is one. */
const isIn = (facts: readonly GateFact[], { kind, id }: GateFact): boolean =>
  facts.some((fact) => fact.kind === kind && fact.id === id);

const about: ReadonlySet<ProjectedFact['type']> = new Set([
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

const isAboutBearer = (event: ProjectedFact): boolean =>
  about.has(event.type) || (event.type === 'FactVoided' && gateKinds.includes(event.data.kind));
