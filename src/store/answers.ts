import type { StoredEvent } from '../../events/envelope.ts';
import type { AppendResult, LoadRequest } from './event-store.ts';
import { isStreamName, NotStorable, type Storable } from './storable.ts';

/** Appends what can be stored; the rest is answered here, and its neighbours are not concerned. */
export const appendStorable = (
  items: readonly (Storable | NotStorable)[],
  append: (items: readonly Storable[]) => Promise<readonly AppendResult[]>,
): Promise<AppendResult[]> =>
  answerAll(
    items.map((item) => (item instanceof NotStorable ? { answer: { outcome: 'failed', error: item } } : { ask: item })),
    append,
  );

/** Loads streams; none has a name that cannot be stored. */
export const loadNamed = (
  requests: readonly LoadRequest[],
  load: (requests: readonly LoadRequest[]) => Promise<readonly StoredEvent[][]>,
): Promise<StoredEvent[][]> =>
  answerAll(
    requests.map((request) => (isStreamName(request.stream) ? { ask: request } : { answer: [] })),
    load,
  );

type Sorted<Item, Answer> = { readonly ask: Item } | { readonly answer: Answer };

/** Asks about those that have no answer yet. @returns all answers, in order */
async function answerAll<Item, Answer>(
  sorted: readonly Sorted<Item, Answer>[],
  ask: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<Answer[]> {
  const answers = (await ask(sorted.flatMap((each) => ('ask' in each ? [each.ask] : [])))).values();
  return sorted.map((each) => ('answer' in each ? each.answer : next(answers)));
}

function next<Value>(values: Iterator<Value, undefined>): Value {
  const { value } = values.next();
  if (value === undefined) throw new TypeError('the log answered for fewer items than it was asked about');
  return value;
}
