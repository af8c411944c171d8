import * as fc from 'fast-check';
import { eventSchemas, type EventType, schemaVersionOf } from '../../../events/catalogue.ts';
import type { NewEvent, StoredEvent } from '../../../events/envelope.ts';
import { catalogue, sale, statement, stockEntry } from './books.ts';
import { applications, booths } from './exhibitors.ts';
import { fairFacts } from './fair.ts';
import { acceptance, arrival, correction, groups, passNote, scan, undo, walkIn } from './gate.ts';
import { homesOf, streamOf } from './homes.ts';
import { actor, delay, type Fact, fair, type Made, midnight, moment, named } from './names.ts';

/** A fact with the stream it stands in, and when the platform learnt of it. */
export type Happening = { readonly stream: string; readonly event: NewEvent; readonly recordedAt: number };

const fact: fc.Arbitrary<Fact> = fc.record({
  make: fc.oneof(
    { weight: 12, arbitrary: scan },
    { weight: 3, arbitrary: walkIn },
    { weight: 2, arbitrary: arrival },
    { weight: 1, arbitrary: correction },
    { weight: 2, arbitrary: acceptance },
    { weight: 5, arbitrary: undo },
    { weight: 1, arbitrary: passNote },
    { weight: 4, arbitrary: sale },
    { weight: 3, arbitrary: stockEntry },
    { weight: 2, arbitrary: statement },
    { weight: 4, arbitrary: catalogue },
  ),
  occurredAt: moment,
  actor,
  delay,
});

const asFact = (given: Made, index: number): Fact => ({
  make: () => given,
  occurredAt: midnight - 86_400_000 + index,
  actor: { role: 'organiser', id: 'org' },
  delay: 0,
});

/** A whole fair in the order it happened to be recorded; facts that refer to each other come in any order. */
export const histories = ({
  factsMin = 0,
  factsMax,
}: {
  readonly factsMin?: number;
  readonly factsMax: number;
}): fc.Arbitrary<Happening[]> =>
  fc
    .record({ fairFacts, applications, booths, facts: fc.array(fact, { minLength: factsMin, maxLength: factsMax }) })
    .map(({ fairFacts, applications, booths, facts }) =>
      happenings([...[...fairFacts, ...groups, ...applications, ...booths].map(asFact), ...facts]),
    );

/** A chunk, the end of an upload, the issue of a pass and an undo come once each; their streams are theirs alone. */
const onceOnly: readonly EventType[] = ['CatalogueChunkUploaded', 'CatalogueUploaded', 'PassIssued', 'FactVoided'];

function happenings(facts: readonly Fact[]): Happening[] {
  const seen = new Set<string>();
  const happened = facts.flatMap((given, index) => {
    const made = given.make(index);
    if (onceOnly.includes(made.type)) {
      if (seen.has(made.stream)) return [];
      seen.add(made.stream);
    }
    return [{ stream: made.stream, event: eventOf(made, given, index), recordedAt: given.occurredAt + given.delay }];
  });
  const homes = homesOf(happened);
  return happened.map((one) => ({ ...one, stream: streamOf(one, homes) }));
}

function eventOf({ type, data }: Made, { occurredAt, actor }: Fact, index: number): NewEvent {
  const meta = { fair, actor, digest: 'a'.repeat(43), correlation: 'test' };
  const parsed = eventSchemas[type].parse(data);
  return { id: named('other', 10_000 + index), type, schema: schemaVersionOf(type), data: parsed, meta, occurredAt };
}

/** One history, the same in every run. */
export function sampleHistory({ seed, factsMin }: { readonly seed: number; readonly factsMin: number }): Happening[] {
  const [history = []] = fc.sample(histories({ factsMin, factsMax: factsMin * 2 }), { seed, numRuns: 1 });
  return history;
}

/** Streams in which one fact follows from the one before; elsewhere any order of arrival is possible. */
const isOrdered = ({ stream, event }: Happening): boolean =>
  /^(fair|application|booth|group)-/.test(stream) && event.type !== 'FactVoided';

/** The same facts as another network would have delivered them. */
export const reordered = (history: readonly Happening[]): fc.Arbitrary<Happening[]> =>
  fc.shuffledSubarray([...history], { minLength: history.length }).map((shuffled) => {
    const waiting = Map.groupBy(history.filter(isOrdered), ({ stream }) => stream);
    return shuffled.flatMap((happening) =>
      isOrdered(happening) ? (waiting.get(happening.stream)?.splice(0, 1) ?? []) : [happening],
    );
  });

/** The log that holds these facts in this order. */
export function logOf(history: readonly Happening[]): StoredEvent[] {
  const versions = new Map<string, number>();
  return history.map(({ stream, event, recordedAt }, index) => {
    const version = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    return { ...event, stream, version, position: index + 1, recordedAt };
  });
}
