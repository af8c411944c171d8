import { z } from 'zod';
import { ConsistencyProof, InclusionProof, SigningKeys } from '../../contract/log-proofs.ts';
import { Receipt } from '../../contract/receipts.ts';
import type { SignedHead } from '../../seal/sealed-log.ts';
import { badRequest } from '../field-errors.ts';
import { maySeeFact } from '../may-see-fact.ts';
import type { Ports } from '../ports.ts';
import { Problem } from '../problems.ts';
import { ok } from '../reply.ts';
import { noQuery, readAnywhere, type Route } from '../route.ts';

const checkpoint = readAnywhere({
  path: '/api/log/checkpoint',
  summary: 'The signed head of the log’s Merkle tree, as C2SP tlog-checkpoint says',
  may: ['public'],
  query: noQuery,
  handle: async (_, ports) =>
    new Response((await headOf(ports)).note, {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=2' },
    }),
});

const keys = readAnywhere({
  path: '/api/log/keys',
  summary: 'The keys that sign checkpoints, the oldest first',
  may: ['public'],
  query: noQuery,
  answer: SigningKeys,
  handle: async (_, { sealed }) => {
    const published = await sealed.keys();
    if (!published) throw nothingSealed();
    const { origin, keys } = published;
    return ok({
      origin,
      keys: keys.map(({ verifier, fromSize, handover }) => ({ key: verifier, fromSize, handover })),
    });
  },
});

const count = (least: number) => z.coerce.number('must be a whole number').pipe(z.int().min(least)).optional();

const inclusion = readAnywhere({
  path: '/api/log/proofs/inclusion',
  summary: 'That a leaf is in the tree: RFC 6962 inclusion proof, hashes only',
  may: ['public'],
  query: z.object({
    leaf: count(0).describe('Which leaf, from 0'),
    position: count(1).describe('The log position of its fact, instead'),
    size: count(1).describe('Of the tree of so many leaves; of the last checkpoint unless told'),
  }),
  answer: InclusionProof,
  handle: async ({ query }, ports) => {
    const head = await headOf(ports);
    const size = sealedSize('size', query.size, head);
    const leaf = query.leaf ?? (await leafAt(ports, query.position));
    if (leaf >= size) throw wrong('leaf', `must be below ${size}, the size of the tree`);
    const { leafHash, path, root } = await ports.sealed.inclusion({ leaf, size });
    return ok({ leaf, size, leafHash: base64(leafHash), path: path.map(base64), root: base64(root) });
  },
});

const consistency = readAnywhere({
  path: '/api/log/proofs/consistency',
  summary: 'That a tree is the beginning of a later one: RFC 6962 consistency proof, hashes only',
  may: ['public'],
  query: z.object({
    from: z.coerce.number('must be a whole number').pipe(z.int().min(0)).describe('Leaves of the earlier tree'),
    to: count(0).describe('Leaves of the later one; the last checkpoint’s unless told'),
  }),
  answer: ConsistencyProof,
  handle: async ({ query: { from, to: asked } }, ports) => {
    const to = sealedSize('to', asked, await headOf(ports));
    if (from > to) throw wrong('from', `must be at most ${to}, the size of the later tree`);
    const { path, fromRoot, toRoot } = await ports.sealed.consistency({ from, to });
    return ok({ from, to, path: path.map(base64), fromRoot: base64(fromRoot), toRoot: base64(toRoot) });
  },
});

const receipt = readAnywhere({
  path: '/api/log/receipts/{position}',
  summary: 'One fact, and all that shows it to be in the sealed log as it was recorded',
  may: ['organiser', 'auditor'],
  params: { position: z.string().regex(/^[1-9]\d{0,14}$/, 'must be a log position') },
  query: noQuery,
  answer: Receipt,
  handle: async ({ params, caller, now }, ports) => {
    const [event] = await ports.store.readAt([Number(params.position)]);
    if (!event || !(await maySeeFact(ports, { caller, now }, event))) throw new Problem('not-found');
    const sealed = await ports.sealed.receipt(event);
    if (!sealed) throw new Problem('busy', { retryAfterSeconds: 3, detail: 'This fact is not sealed yet.' });
    const { envelope, path, ...rest } = sealed;
    return ok({ envelope, ...rest, path: path.map(base64) }, { 'cache-control': 'private, no-store' });
  },
});

async function headOf({ sealed }: Pick<Ports, 'sealed'>): Promise<SignedHead> {
  const head = await sealed.head();
  if (!head) throw nothingSealed();
  return head;
}

const nothingSealed = () => new Problem('not-found', { detail: 'Nothing of this log is sealed yet.' });

const sealedSize = (name: string, asked: number | undefined, head: SignedHead): number => {
  if (asked !== undefined && asked > head.size)
    throw wrong(name, `must be at most ${head.size}: no more is sealed yet`);
  return asked ?? head.size;
};

async function leafAt({ sealed }: Pick<Ports, 'sealed'>, position: number | undefined): Promise<number> {
  if (position === undefined) throw wrong('leaf', 'a leaf or a position is needed');
  const leaf = await sealed.leafOf(position);
  if (leaf === undefined) throw new Problem('not-found', { detail: 'No leaf stands for this position yet.' });
  return leaf;
}

const wrong = (field: string, message: string) => badRequest([{ path: `query.${field}`, message }]);

const base64 = (hash: Buffer): string => hash.toString('base64');

export const log: readonly Route[] = [checkpoint, keys, inclusion, consistency, receipt];
