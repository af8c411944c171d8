import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope.ts';
import { FiguresDocument } from '../../src/contract/figures.ts';
import type { FactAnswer } from '../../src/demo/check-answer.ts';
import type { Fact } from '../../src/demo/plan/deliveries.ts';
import { simulate, type Simulated } from '../../src/demo/simulate.ts';
import { idsIn, type Mover, moverOf, ownersToken, readLog } from './kept-facts.ts';
import { aPlace, type Place, recounted } from './played-fair.ts';
import { kill, type ServerProcess, startServer } from './server-process.ts';

const size = { seed: 'hai máy chủ', visits: 400, copies: 8_000 };

describe('two nodes on one database, one of them killed with -9 in the middle of the fair', () => {
  let place: Place;
  let nodes: readonly ServerProcess[] = [];
  let simulated: Simulated;
  let log: StoredEvent[];
  /** Everything that was answered with 2xx and a position in the log, by the id its phone gave it. */
  const answered = new Map<string, number>();
  /** Who moved the figures on, when the node was killed and in the end. */
  let movers: { readonly before: Mover; readonly after: Mover };

  beforeAll(async () => {
    place = await aPlace();
    const [one, other] = await Promise.all([startServer(place.environment), startServer(place.environment)]);
    nodes = [one, other];
    const owner = await ownersToken(place);
    const disaster = Promise.withResolvers<void>();
    const onAnswer = (fact: Fact, { position }: FactAnswer) => {
      if (position !== undefined) answered.set(fact.id, position);
      if (answered.size === 150) disaster.resolve();
    };
    const [happened, before] = await Promise.all([
      simulate({ origins: [one.origin, other.origin], token: owner, size, atOnce: 12, onAnswer }),
      disaster.promise.then(() => killTheMover(one, other)),
    ]);
    simulated = happened;
    movers = { before, after: await moverOf(place) };
    log = await readLog(place);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(nodes.map((node) => kill(node, 'SIGTERM')));
    await place.leave();
  });

  /** Kills the node that moves the figures on, and starts it again where it was. */
  async function killTheMover(one: ServerProcess, other: ServerProcess): Promise<Mover> {
    const before = await moverOf(place);
    const [victim, survivor] = (await projectedBy(one)) > 0 ? [one, other] : [other, one];
    await kill(victim, 'SIGKILL');
    nodes = [survivor, await startServer({ ...place.environment, PORT: new URL(victim.origin).port })];
    return before;
  }

  it('counts every visit', () => {
    expect(simulated.visits).toEqual({ planned: size.visits, counted: size.visits });
  });

  it('has everything that was answered in the log, once, where the answer said', () => {
    expect(answered.size).toBeGreaterThan(300);
    const kept = idsIn(log);
    expect(new Map(kept).size).toBe(kept.length);
    expect(new Map(kept.filter(([id]) => answered.has(id)))).toEqual(answered);
  });

  it('numbers the log without a gap', () => {
    expect(log.map(({ position }) => position)).toEqual(log.map((_, index) => index + 1));
  });

  it('shows the figures of an independent recount, on both nodes', async () => {
    const [one, other] = await Promise.all(nodes.map(({ origin }) => figuresAt(origin)));
    expect(one?.figures).toEqual(other?.figures);
    expect(Object.fromEntries(one?.figures.map(({ key, value }) => [key, value]) ?? [])).toMatchObject(
      recounted({ log }),
    );
  });

  it('has another node move the figures on', () => {
    expect(movers.before.holder).toMatch(/^[\da-f-]{36}$/);
    expect(movers.after.holder).not.toBe(movers.before.holder);
    expect(movers.after.epoch).toBeGreaterThan(movers.before.epoch);
  });

  async function figuresAt(origin: string): Promise<FiguresDocument> {
    const authorization = `Bearer ${await ownersToken(place)}`;
    const response = await fetch(`${origin}/api/fairs/${simulated.fair}/figures?after=${log.length}`, {
      headers: { authorization },
    });
    return FiguresDocument.parse(await response.json());
  }
});

async function projectedBy({ origin }: ServerProcess): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  return Number(/^projected_events_total\{[^}]*\} (\d+)$/m.exec(text)?.[1] ?? 0);
}
