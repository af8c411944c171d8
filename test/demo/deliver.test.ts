import { afterEach, describe, expect, it } from 'vitest';
import { FairClient } from '../../src/demo/api/fair-client.ts';
import { Issued } from '../../src/demo/api/issued.ts';
import { byItsOwnClock } from '../../src/demo/api/times.ts';
import { deliver } from '../../src/demo/deliver.ts';
import { type Delivery, type Fact, senderOf } from '../../src/demo/plan/deliveries.ts';
import { planFair } from '../../src/demo/plan/plan-fair.ts';
import { Progress } from '../../src/demo/progress.ts';
import { type Answering, closePlatforms, platform, status } from './api/platform.ts';

afterEach(closePlatforms);

const plan = planFair({ seed: 'deliver', visits: 2_000, copies: 2_000 });
const counts = plan.gate.facts.filter(({ kind }) => kind === 'walk-in').slice(0, 3);
const [count] = counts;
const tap = plan.gate.facts.find(({ kind }) => kind === 'poster-scan');

const deliveryOf = (facts: readonly (Fact | undefined)[], about: Partial<Delivery> = {}): Delivery => {
  const known = facts.filter((fact) => fact !== undefined);
  const [first] = known;
  if (!first) throw new Error('the plan has no such fact');
  return {
    at: first.at + 60_000,
    sender: senderOf(first),
    facts: known,
    as: 'single',
    times: 1,
    scans: 'undecided',
    ...about,
  };
};

async function line(...answers: Answering[]) {
  const { asked, client } = await platform(...answers);
  const issued = new Issued();
  const progress = new Progress();
  return { asked, issued, progress, client: new FairClient(client, plan.fair), clock: byItsOwnClock };
}

const item = (fact: Fact | undefined, code: number) => ({
  id: fact?.id,
  status: code,
  body: { outcome: 'counted', position: 7 },
});

describe('a delivery', () => {
  it('tells when it happened and when it was sent by the phone’s own clock', async () => {
    const to = await line(status(200, { outcome: 'counted', position: 3 }));
    const delivery = deliveryOf([count]);
    const sender = { ...delivery.sender, skewSeconds: 184 };
    await deliver({ ...delivery, sender }, to);
    const body: unknown = JSON.parse(to.asked[0]?.body ?? '');
    expect(body).toMatchObject({ occurredAt: (count?.at ?? 0) + 184_000, sentAt: delivery.at + 184_000 });
    expect(to.progress).toMatchObject({ answers: 1, position: 3 });
  });

  it('is sent as often as it is to be, the same each time', async () => {
    const good = status(200, { outcome: 'counted', position: 3 });
    const to = await line(good, good, good);
    await deliver(deliveryOf([count], { times: 3 }), to);
    expect(to.asked).toHaveLength(3);
    expect(new Set(to.asked.map(({ url, body }) => `${url} ${body}`)).size).toBe(1);
  });

  it('of a batch sends again only what the platform was too busy for', async () => {
    const to = await line(
      status(200, { items: [item(counts[0], 200), item(counts[1], 503), item(counts[2], 429)] }),
      status(200, { items: [item(counts[1], 200), item(counts[2], 200)] }),
    );
    await deliver(deliveryOf(counts, { as: 'batch' }), to);
    const sent = to.asked.map(({ body }) => [...body.matchAll(/"kind":"walk-in","id":"([^"]+)"/g)].map(([, id]) => id));
    expect(sent).toEqual([counts.map(({ id }) => id), counts.slice(1).map(({ id }) => id)]);
    expect(to.progress.answers).toBe(3);
  });

  it('ends where an item is refused that should not be, and names it', async () => {
    const to = await line(status(200, { items: [item(counts[0], 200), item(counts[1], 422), item(counts[2], 200)] }));
    const delivering = deliver(deliveryOf(counts, { as: 'batch' }), to);
    await expect(delivering).rejects.toThrow(`walk-in ${counts[1]?.id} was answered 422`);
  });

  it('keeps the pass that a poster gave', async () => {
    const to = await line(status(200, { outcome: 'admitted', token: 'HS:…', position: 9 }));
    to.issued.posterCodes.set(tap?.kind === 'poster-scan' ? tap.gate : '', 'G1.code');
    await deliver(deliveryOf([tap]), to);
    expect([...to.issued.passes.values()]).toEqual([{ token: 'HS:…', shortCode: null }]);
  });
});
