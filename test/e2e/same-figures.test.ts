import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuild } from '../../src/cli/rebuild.ts';
import { readConfig } from '../../src/config.ts';
import {
  aPlace,
  countedIn,
  figuresLater,
  lasting,
  type Place,
  type Played,
  playFair,
  recounted,
} from './played-fair.ts';

const size = { seed: 'e2e', visits: 240, copies: 6_000 };
const plain = { plan: size, deliveries: { deliveries: 1, order: 'as-it-happened' } } as const;

describe('a planned fair, sent over HTTP as its phones would', { timeout: 60_000 }, () => {
  let place: Place;
  let first: Played;
  beforeAll(async () => {
    place = await aPlace();
    first = await playFair(place, plain);
  }, 60_000);
  afterAll(() => place.leave());

  it('comes to the figures of the plan, and of an independent recount', () => {
    expect(countedIn(first)).toMatchObject(first.plan.expected);
    expect(countedIn(first).figures).toMatchObject(recounted(first));
    expect(first.log.map(({ position }) => position)).toEqual(first.log.map((_, index) => index + 1));
  });

  it('comes to the same after a restart, and after a rebuild', async () => {
    expect(await figuresLater(place, first.plan)).toEqual(first.figures);
    await rebuild.run([], { config: readConfig(place.environment), tell: () => {} });
    expect(await figuresLater(place, first.plan)).toEqual(first.figures);
  });

  it('adds nothing when it is sent all over again', async () => {
    const again = await playFair(place, plain);
    expect(again.log).toEqual(first.log);
    expect(again.figures).toEqual(first.figures);
  });

  it.each([
    ['delivered three times', { ...plain, deliveries: { deliveries: 3, order: 'as-it-happened' } }],
    ['delivered in any order within each phone’s day', { ...plain, deliveries: { deliveries: 1, order: 'shuffled' } }],
  ] as const)('comes to the same when everything is %s', async (_, how) => {
    await using elsewhere = await anotherPlace();
    const played = await playFair(elsewhere, how);
    expect(countedIn(played)).toMatchObject(played.plan.expected);
    expect(countedIn(played).figures).toMatchObject(recounted(played));
    expect(lasting(played.figures)).toEqual(lasting(first.figures));
  });

  it('of another seed and size comes to figures of its own', async () => {
    await using elsewhere = await anotherPlace();
    const played = await playFair(elsewhere, { ...plain, plan: { seed: 'khác', visits: 150, copies: 4_000 } });
    expect(countedIn(played)).toMatchObject(played.plan.expected);
    expect(countedIn(played).figures).toMatchObject(recounted(played));
    expect(played.figures.sentence).not.toEqual(first.figures.sentence);
  });
});

async function anotherPlace(): Promise<Place & AsyncDisposable> {
  const place = await aPlace();
  return { ...place, [Symbol.asyncDispose]: place.leave };
}
