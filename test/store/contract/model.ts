import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../../events/envelope.ts';
import type { EventStore } from '../../../src/store/event-store.ts';
import type { Traits } from '../contract.ts';
import { digest, someEvent, someId, someMeta } from '../some-items.ts';
import { ModelLog } from './model-log.ts';
import { expectPositions } from './positions.ts';

const runs = 200;
const streams = fc.constantFrom('a', 'b', 'c', 'd');
const index = fc.nat({ max: 12 });

/** Few streams, ids and versions, so that they clash; the same id comes with the same content and with other content. */
const anItem = fc.record({
  stream: streams,
  id: fc.nat({ max: 9 }),
  expected: fc.oneof({ weight: 4, arbitrary: fc.constant('current' as const) }, fc.nat({ max: 4 })),
  content: fc.constantFrom('x', 'y'),
  while: fc.option(
    fc.tuple(streams, fc.oneof({ weight: 4, arbitrary: fc.constant('current' as const) }, fc.nat({ max: 4 }))),
  ),
});
type Item = typeof anItem extends fc.Arbitrary<infer Value> ? Value : never;
type Run = { readonly node: (at: number) => EventStore; readonly ids: readonly string[]; readonly suffix: string };
type Command = fc.AsyncCommand<ModelLog, Run>;

/** Whatever is asked, in whatever order and of whatever node, the answer is that of the model. */
export function answersAsItsModel(nodes: readonly EventStore[], { positions: kind }: Traits): void {
  const nodeAt = (at: number): EventStore => {
    const node = nodes[at];
    if (!node) throw new Error(`there is no node ${at}`);
    return node;
  };
  const one = fc.nat({ max: nodes.length - 1 });
  const commands = fc.commands(
    [
      fc.tuple(one, fc.array(anItem, { maxLength: 8 })).map(([node, items]) => append(node, items)),
      fc
        .tuple(one, fc.array(fc.tuple(streams, fc.nat({ max: 4 })), { maxLength: 4 }))
        .map(([node, of]) => load(node, of)),
      fc.tuple(one, index, fc.integer({ min: 1, max: 6 })).map(([node, after, limit]) => read(node, after, limit)),
      fc.tuple(one, fc.array(index, { maxLength: 4 })).map(([node, indexes]) => readAt(node, indexes)),
    ],
    { maxCommands: 10 },
  );
  const property = fc.asyncProperty(commands, async (given) => {
    const start = await nodeAt(0).head();
    const model = new ModelLog(start);
    const real = { node: nodeAt, ids: Array.from({ length: 10 }, someId), suffix: someId() };
    await fc.asyncModelRun(() => ({ model, real }), given);
    expect(await nodeAt(0).read(start, 1000)).toStrictEqual(model.events);
    expectPositions(
      model.events.map(({ position }) => position),
      { after: start, kind },
    );
  });

  test('whatever is appended and asked, the log answers as its rules say', async () => {
    expect.hasAssertions();
    await fc.assert(property, { numRuns: runs });
  }, 120_000);
}

const append = (node: number, given: readonly Item[]): Command => ({
  check: () => true,
  run: async (model, run) => {
    const items = model.plan(given, ({ stream, id, expected, content, while: given }, current) => {
      const at = (of: string, version: number | 'current') => ({
        stream: nameOf(of, run),
        version: version === 'current' ? current(nameOf(of, run)) : version,
      });
      const about = { data: { content }, meta: someMeta({ digest: digest(content) }) };
      const { stream: name, version: expectedVersion } = at(stream, expected);
      const event = someEvent({ id: run.ids[id] ?? '', ...about });
      return { stream: name, expectedVersion, event, ...(given === null ? {} : { condition: at(...given) }) };
    });
    const results = await run.node(node).append(items);
    expect(results).toEqual(model.judge(items, results));
  },
  toString: () => {
    const items = given.map(({ stream, id, expected, content, while: also }) => {
      const condition = also === null ? '' : ` while ${also.join('@')}`;
      return `${stream}@${expected} #${id}${content}${condition}`;
    });
    return `node ${node}: append [${items.join(', ')}]`;
  },
});

const load = (node: number, given: readonly (readonly [stream: string, after: number])[]): Command => ({
  check: () => true,
  run: async ({ events }, run) => {
    const requests = given.map(([stream, afterVersion]) => ({ stream: nameOf(stream, run), afterVersion }));
    const expected = requests.map(({ stream, afterVersion }) =>
      events.filter((event) => event.stream === stream && event.version > afterVersion),
    );
    expect(await run.node(node).load(requests)).toStrictEqual(expected);
  },
  toString: () => `node ${node}: load [${given.map(([stream, after]) => `${stream} after ${after}`).join(', ')}]`,
});

const read = (node: number, after: number, limit: number): Command => ({
  check: ({ events }) => after <= events.length,
  run: async ({ events, start, head }, run) => {
    const position = events[after - 1]?.position ?? start;
    expect(await run.node(node).read(position, limit)).toStrictEqual(events.slice(after, after + limit));
    expect(await run.node(node).head()).toBe(head);
  },
  toString: () => `node ${node}: read ${limit} after event ${after}`,
});

const readAt = (node: number, indexes: readonly number[]): Command => ({
  check: ({ events }) => indexes.every((each) => each < events.length),
  run: async ({ events }, run) => {
    const wanted = indexes.flatMap((each): StoredEvent[] => events.slice(each, each + 1));
    const inOrder = events.filter((event) => wanted.includes(event));
    expect(await run.node(node).readAt(wanted.map(({ position }) => position))).toStrictEqual(inOrder);
  },
  toString: () => `node ${node}: readAt [${indexes.join(', ')}]`,
});

const nameOf = (stream: string, { suffix }: Run): string => `${stream}-${suffix}`;
