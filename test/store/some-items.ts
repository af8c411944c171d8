import { randomBytes } from 'node:crypto';
import type { EventMeta, NewEvent } from '../../events/envelope.ts';
import type { AppendItem, EventStore } from '../../src/store/event-store.ts';

export const someId = (): string => {
  const time = Date.now().toString(16).padStart(12, '0');
  const rest = randomBytes(9).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-a${rest.slice(3, 6)}-${rest.slice(6)}`;
};

export const someStream = (): string => `walk-in-${someId()}`;

export const digest = (letter: string): string => letter.repeat(43);

export const someMeta = (about: Partial<EventMeta> = {}): EventMeta => ({
  fair: '01890a5d-ac96-774b-bcce-b302099a8057',
  actor: { role: 'device', id: 'd1' },
  digest: digest('a'),
  correlation: 'request-1',
  ...about,
});

export const someEvent = (about: Partial<NewEvent> = {}): NewEvent => ({
  id: someId(),
  type: 'WalkInsCounted',
  schema: 2,
  data: { persons: 1 },
  meta: someMeta(),
  occurredAt: 1_650_500_000_123,
  ...about,
});

/** One event for a stream of its own unless told otherwise. */
export const someItem = ({
  stream = someStream(),
  expectedVersion = 0,
  condition,
  ...event
}: Partial<AppendItem> & Partial<NewEvent> = {}): AppendItem => ({
  stream,
  expectedVersion,
  event: someEvent(event),
  ...(condition === undefined ? {} : { condition }),
});

/** A chain for one stream, from version 1 on. */
export const someChain = (stream: string, length: number): AppendItem[] =>
  Array.from({ length }, (_, expectedVersion) => someItem({ stream, expectedVersion }));

export const outcomes = async (store: EventStore, items: readonly AppendItem[]): Promise<string[]> =>
  (await store.append(items)).map(({ outcome }) => outcome);

/** The whole log, read in small steps. */
export async function wholeLog(store: EventStore, limit = 100): Promise<Awaited<ReturnType<EventStore['read']>>> {
  const events = [];
  for (;;) {
    const next = await store.read(events.at(-1)?.position ?? 0, limit);
    if (next.length === 0) return events;
    events.push(...next);
  }
}
