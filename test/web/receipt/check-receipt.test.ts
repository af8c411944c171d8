import { describe, expect, test } from 'vitest';
import type { LogKeys, Receipt } from '../../../src/contract/receipts.ts';
import { checkReceipt } from '../../../src/web/receipt/check-receipt.ts';
import { receiptOf, signer, stranger } from './sample-receipt.ts';

const keyOf = ({ verifierKey }: typeof signer, fromSize = 0) => ({ key: verifierKey, fromSize });

const check = async (receipt: Receipt | string, published: LogKeys['keys'] | undefined = [keyOf(signer)]) => {
  const text = typeof receipt === 'string' ? receipt : JSON.stringify(receipt);
  const { verdict, steps } = await checkReceipt(text, published);
  return [verdict, ...steps.map(({ outcome }) => outcome)];
};

const good = receiptOf();
const withEnvelope = (changed: Record<string, unknown>): Receipt => ({
  ...good,
  envelope: { ...good.envelope, ...changed },
});

describe('a receipt', () => {
  test('that the server gave is true, however often it is looked at and however its JSON is laid out', async () => {
    const all = ['good', 'good', 'good', 'good', 'good'];
    expect(await check(good)).toEqual(all);
    expect(await check(good)).toEqual(all);
    expect(await check(JSON.stringify(good, undefined, 4))).toEqual(all);
    const turned = Object.fromEntries(Object.entries(good.envelope).toReversed());
    expect(await check(JSON.stringify({ ...good, envelope: turned }))).toEqual(all);
  });

  test.each(Array.from({ length: 9 }, (_, at) => at + 1))('is true for every leaf of a log of %i', async (size) => {
    for (let leaf = 0; leaf < size; leaf += 1) {
      expect(await check(receiptOf({ leaf, size })), `leaf ${leaf}`).toEqual(['good', 'good', 'good', 'good', 'good']);
      expect((await check({ ...receiptOf({ leaf, size }), leaf: leaf + 1 }))[2], `leaf ${leaf} as the next`).toBe(
        'bad',
      );
    }
  });

  test('says what it is about', async () => {
    const { read, keyHash } = await checkReceipt(JSON.stringify(good), undefined);
    expect(read).toMatchObject({ envelope: { position: 7, type: 'VisitorCheckedIn' }, size: 12 });
    expect(signer.verifierKey).toContain(`+${keyHash}+`);
  });
});

describe('what is false about a receipt is found', () => {
  test.each([
    ['a number was changed', withEnvelope({ occurredAt: good.envelope.occurredAt + 1 })],
    ['its data were changed', withEnvelope({ data: { partySize: 40 } })],
    ['a field was added', withEnvelope({ checked: true })],
    ['its path lacks a hash', { ...good, path: good.path.slice(1) }],
    ['its path has one too many', { ...good, path: [...good.path, ...good.path.slice(0, 1)] }],
    ['its leaf lies beyond the log', { ...good, leaf: 12 }],
    ['its path is another fact’s', { ...good, path: receiptOf({ leaf: 7 }).path }],
  ])('%s', async (_, receipt) => {
    expect(await check(receipt)).toEqual(['bad', 'good', 'bad', 'good', 'good']);
  });

  test('its checkpoint says another size than was signed', async () => {
    const larger = good.checkpoint.replace('\n12\n', '\n13\n');
    expect((await check({ ...good, checkpoint: larger }))[3]).toBe('bad');
  });

  test('its signature is another one’s', async () => {
    const [text = ''] = good.checkpoint.split('\n\n');
    const [, signatures = ''] = receiptOf({ size: 11 }).checkpoint.split('\n\n');
    expect(await check({ ...good, checkpoint: `${text}\n\n${signatures}` })).toEqual([
      'bad',
      'good',
      'good',
      'bad',
      'open',
    ]);
  });

  test('its key is not the one that signed', async () => {
    expect(await check({ ...good, keys: [stranger.verifierKey] })).toEqual(['bad', 'good', 'good', 'bad', 'open']);
  });

  test('its key takes the name of another', async () => {
    const [, , publicKey = ''] = stranger.verifierKey.split('+');
    const [name = '', hash = ''] = signer.verifierKey.split('+');
    expect((await check({ ...good, keys: [`${name}+${hash}+${publicKey}`] }))[3]).toBe('bad');
  });

  test('everything fits, but under a key that this server does not publish', async () => {
    expect(await check(receiptOf({ signedBy: stranger }))).toEqual(['bad', 'good', 'good', 'good', 'bad']);
  });
});

describe('a key that was replaced', () => {
  const published = [keyOf(stranger), keyOf(signer, 12)];

  test.each([3, 11, 12])('has signed a log of %i facts, up to the one in which it was replaced', async (size) => {
    const receipt = receiptOf({ leaf: 2, size, signedBy: stranger });
    expect(await check(receipt, published)).toEqual(['good', 'good', 'good', 'good', 'good']);
  });

  test('signs nothing larger', async () => {
    const receipt = receiptOf({ leaf: 2, size: 13, signedBy: stranger });
    expect(await check(receipt, published)).toEqual(['bad', 'good', 'good', 'good', 'bad']);
  });

  test('was not signed for by the one that followed', async () => {
    const receipt = receiptOf({ leaf: 2, size: 11 });
    expect(await check(receipt, published)).toEqual(['bad', 'good', 'good', 'good', 'bad']);
  });
});

test('where the published keys are unknown it is not called true', async () => {
  const { verdict, steps } = await checkReceipt(JSON.stringify(good), undefined);
  expect([verdict, steps.at(-1)]).toEqual(['open', { step: 'published', outcome: 'open' }]);
});

test.each([
  ['nothing', ''],
  ['no JSON', 'biên nhận'],
  ['another document', '{"position": 7}'],
  ['a receipt that was cut off', JSON.stringify(good).slice(0, -40)],
  ['a hash that is none', JSON.stringify({ ...good, path: ['AAAA'] })],
  ['no checkpoint', JSON.stringify({ ...good, checkpoint: 'hoi-sach\n12\n' })],
  ['a lone surrogate', JSON.stringify(withEnvelope({ type: '\ud800' }))],
])('%s is no receipt', async (_, text) => {
  expect(await check(text)).toEqual(['bad', 'bad', 'open', 'open', 'open']);
});
