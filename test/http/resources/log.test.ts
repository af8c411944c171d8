import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { StoredEvent } from '../../../events/envelope.ts';
import { ConsistencyProof, InclusionProof } from '../../../src/contract/log-proofs.ts';
import { Receipt } from '../../../src/contract/receipts.ts';
import { verifyCheckpoint } from '../../../src/seal/checkpoint.ts';
import { leafHash } from '../../../src/seal/leaf.ts';
import { OutsideCopies } from '../../../src/seal/outside-copies.ts';
import { SealKey } from '../../../src/seal/seal-key.ts';
import { sealNext } from '../../../src/seal/seal-next.ts';
import { verifyConsistency, verifyInclusion } from '../../../src/seal/verify-path.ts';
import { readContract } from '../contract.ts';
import { startFair, type TestFair } from '../harness.ts';
import { approved } from '../some-exhibitor-facts.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

const machines = new Map<TestFair, Promise<Parameters<typeof sealNext>[0]>>();

/** Seals all that is in the log of a fair. */
async function seal(fair: TestFair): Promise<void> {
  const machine = machines.get(fair) ?? machineOf(fair);
  machines.set(fair, machine);
  let step = await sealNext(await machine);
  while (step.outcome === 'sealed' && !step.isAll) step = await sealNext(await machine);
}

async function machineOf({ database, ports }: TestFair) {
  const dataDir = await mkdtemp(join(tmpdir(), 'seal-http-'));
  folders.push(dataDir);
  const outside = new OutsideCopies({ dataDir });
  return { db: database.db, store: ports.store, outside, key: new SealKey({ outside }) };
}

const sealedFair = (path: string) => async (fair: TestFair) => {
  await seal(fair);
  return { path };
};

const everybody = ['public', 'viewer', 'device', 'exhibitor', 'organiser', 'auditor', 'owner'] as const;

readContract('GET /api/log/keys', {
  may: everybody,
  good: sealedFair('/api/log/keys'),
  answers: {
    origin: expect.stringMatching(/^hoi-sach\/[0-9a-f]{16}$/),
    keys: [{ key: expect.stringMatching(/^hoi-sach\/[0-9a-f]{16}\+[0-9a-f]{8}\+/), fromSize: 0, handover: null }],
  },
});

readContract('GET /api/log/proofs/inclusion', {
  may: everybody,
  good: sealedFair('/api/log/proofs/inclusion?leaf=0'),
  answers: { leaf: 0, size: expect.any(Number), path: expect.any(Array) },
});

readContract('GET /api/log/proofs/consistency', {
  may: everybody,
  good: sealedFair('/api/log/proofs/consistency?from=1'),
  answers: { from: 1, to: expect.any(Number), path: expect.any(Array) },
});

readContract('GET /api/log/receipts/{position}', {
  may: ['organiser', 'auditor', 'owner'],
  good: sealedFair('/api/log/receipts/1'),
  answers: { envelope: { position: 1, type: 'FairCreated' }, leaf: 0, keys: [expect.any(String)] },
});

describe('what is asked of the sealed log', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  const get = (path: string, as: 'public' | 'organiser' | 'auditor' = 'public') =>
    fair.ask('GET', `/api/log/${path}`, { as });
  const asAuditorOfAll = async (path: string) => {
    const token = await fair.token('auditor', { fair: null });
    return fair.ask('GET', `/api/log/${path}`, { headers: { authorization: `Bearer ${token}` } });
  };
  const keysOfLog = async (): Promise<string[]> =>
    z
      .object({ keys: z.array(z.object({ key: z.string() })) })
      .parse((await get('keys')).body)
      .keys.map(({ key }) => key);

  const count = async (): Promise<void> => {
    const body = {
      gate: 'G1',
      direction: 'in',
      category: 'pupil',
      persons: 1,
      occurredAt: fair.clock.now,
      sentAt: fair.clock.now,
    };
    const path = `/api/fairs/${fair.fair}/walk-ins/${fair.id()}`;
    expect(await fair.ask('PUT', path, { as: 'device', body })).toMatchObject({ status: 200 });
  };

  test('before anything is sealed there is nothing', async () => {
    for (const path of ['checkpoint', 'keys', 'proofs/inclusion?leaf=0', 'proofs/consistency?from=0']) {
      expect(await get(path), path).toMatchObject({
        status: 404,
        body: { detail: 'Nothing of this log is sealed yet.' },
      });
    }
    const receipt = await get('receipts/1', 'auditor');
    expect(receipt).toMatchObject({ status: 503, body: { detail: 'This fact is not sealed yet.' } });
    expect(receipt.headers.get('retry-after')).toBe('3');
  });

  test("'GET /api/log/checkpoint' is a note that the published key has signed, and a leaf and a receipt lead to it", async () => {
    for (let counted = 0; counted < 5; counted += 1) await count();
    await seal(fair);
    const answer = await get('checkpoint');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=2');
    const note = String(answer.body);
    const head = verifyCheckpoint(note, await keysOfLog());
    const events = await fair.ports.store.read(0, 100);
    expect(head.size).toBe(events.length);
    for (const [index, event] of events.entries()) {
      const proof = InclusionProof.parse((await get(`proofs/inclusion?position=${event.position}`)).body);
      const path = proof.path.map((hash) => Buffer.from(hash, 'base64'));
      const claim = { leaf: leafHash(event), index, size: head.size, path, root: head.root };
      expect(proof).toMatchObject({ leaf: index, leafHash: claim.leaf.toString('base64') });
      expect(verifyInclusion(claim)).toBe(true);
      const receipt = Receipt.parse((await asAuditorOfAll(`receipts/${event.position}`)).body);
      expect(receipt).toEqual({
        envelope: event,
        leaf: index,
        checkpoint: note,
        path: proof.path,
        keys: await keysOfLog(),
      });
    }
  });

  test('an earlier checkpoint is shown to be the beginning of a later one', async () => {
    await seal(fair);
    const earlier = verifyCheckpoint(String((await get('checkpoint')).body), await keysOfLog());
    await count();
    await seal(fair);
    const later = verifyCheckpoint(String((await get('checkpoint')).body), await keysOfLog());
    const { path, ...proof } = ConsistencyProof.parse((await get(`proofs/consistency?from=${earlier.size}`)).body);
    expect(proof).toMatchObject({ from: earlier.size, to: later.size, fromRoot: earlier.root.toString('base64') });
    const hashes = path.map((hash) => Buffer.from(hash, 'base64'));
    expect(verifyConsistency({ from: earlier, to: later, path: hashes })).toBe(true);
    const old = InclusionProof.parse((await get(`proofs/inclusion?leaf=0&size=${earlier.size}`)).body);
    expect(old.root).toBe(earlier.root.toString('base64'));
  });

  test('of what is not there, the answer says which field', async () => {
    await seal(fair);
    const size = await fair.ports.store.head();
    for (const [query, at] of [
      ['proofs/inclusion', 'query.leaf'],
      ['proofs/inclusion?leaf=-1', 'query.leaf'],
      ['proofs/inclusion?leaf=x', 'query.leaf'],
      [`proofs/inclusion?leaf=${size}`, 'query.leaf'],
      [`proofs/inclusion?leaf=0&size=${size + 1}`, 'query.size'],
      ['proofs/consistency', 'query.from'],
      [`proofs/consistency?from=0&to=${size + 1}`, 'query.to'],
      ['proofs/consistency?from=2&to=1', 'query.from'],
    ] as const) {
      expect(await get(query), query).toMatchObject({ status: 400, body: { errors: [{ path: at }] } });
    }
    expect((await get(`proofs/inclusion?position=${size + 1}`)).status).toBe(404);
    expect((await get(`receipts/${size + 1}`, 'auditor')).status).toBe(404);
    expect((await get('receipts/first', 'auditor')).status).toBe(400);
  });

  test('nothing is proved that was changed: a leaf, a head, the fact itself', async () => {
    await seal(fair);
    const { asOwner } = fair.database;
    const swap = (table: string, column: string) =>
      asOwner(`update ${table} set ${column} = set_byte(${column}, 3, 255 - get_byte(${column}, 3))`);
    await swap('seal_tiles', 'hashes');
    for (const path of ['proofs/inclusion?leaf=0', 'proofs/consistency?from=1'])
      expect((await get(path)).status).toBe(500);
    await swap('seal_tiles', 'hashes');
    const [last] = await asOwner<{ note: string }>('select note from checkpoints order by size desc limit 1');
    await asOwner(`update checkpoints set note = replace(note, E'\\n${last?.note.split('\n')[1]}\\n', E'\\n1\\n')`);
    expect((await get('checkpoint')).status).toBe(500);
    await asOwner(`update checkpoints set note = replace(note, E'\\n1\\n', E'\\n${last?.note.split('\n')[1]}\\n')`);
    expect((await get('receipts/1', 'auditor')).status).toBe(200);
    const { store } = fair.ports;
    const [event] = await store.readAt([1]);
    const changed: StoredEvent[] = event ? [{ ...event, data: { other: true } }] : [];
    await expect(fair.ports.sealed.receipt(changed[0] ?? fail())).rejects.toThrow('is not what was sealed');
  });

  test('a receipt is for staff of its own fair', async () => {
    await seal(fair);
    const events = await fair.ports.store.read(0, 100);
    const other = events.find(({ meta }) => meta.fair === fair.otherFair);
    expect(other).toBeDefined();
    expect((await get(`receipts/${other?.position}`, 'organiser')).status).toBe(404);
    expect((await get(`receipts/${other?.position}`, 'auditor')).status).toBe(404);
    expect((await asAuditorOfAll(`receipts/${other?.position}`)).status).toBe(200);
  });

  test('a receipt of a single sale is for an organiser only while an auditor lets it look', async () => {
    const exhibitor = fair.subjects.exhibitor;
    await approved(fair, exhibitor);
    const sale = {
      lines: [{ gtin: '9786042000000', copies: 2, paid: 90_000 }],
      payment: 'cash',
      occurredAt: fair.clock.now,
    };
    const path = `/api/fairs/${fair.fair}/exhibitors/${exhibitor}/sales/${fair.id()}`;
    const { body } = await fair.ask('PUT', path, { as: 'exhibitor', body: sale });
    const { position } = z.object({ position: z.int() }).parse(body);
    await seal(fair);
    const statusFor = async (as: 'organiser' | 'auditor') => (await get(`receipts/${position}`, as)).status;
    expect([await statusFor('auditor'), await statusFor('organiser')]).toEqual([200, 404]);
    const grant = { expiresAt: fair.clock.now + 60_000, reason: 'kiểm tra doanh thu' };
    await fair.ask('PUT', `/api/fairs/${fair.fair}/audit-grants/${fair.id()}`, { as: 'auditor', body: grant });
    expect(await statusFor('organiser')).toBe(200);
    fair.clock.now += 60_001;
    expect(await statusFor('organiser')).toBe(404);
  });
});

const fail = (): never => {
  throw new Error('the log is empty');
};
