import { parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { agreedKeys } from './agreed-keys.ts';
import { nextKeyLine, verifyByKeys } from './published-keys.ts';
import { sealNext, type SealGround } from './seal-next.ts';
import { SealRefused } from './seal-refused.ts';
import { keepCheckpoint, keepKeys } from './stored-tree.ts';

/**
 * Seals what there is, and lets another key sign from there on: the last checkpoint of the old key names the new one, and
 * both sign it, so that whoever trusts the old one can follow.
 * @returns the new verifier key, and from how many leaves on it signs
 * @throws SealRefused where the old key may not sign, or has signed nothing since it became the log's
 */
export async function rotateSealKey(
  ground: SealGround,
): Promise<{ readonly verifier: string; readonly fromSize: number }> {
  let step = await sealNext(ground);
  while (step.outcome === 'sealed' && !step.isAll) step = await sealNext(ground);
  return ground.db.transaction().execute(async (transaction) => {
    // A server that is sealing ends its step first, and begins none meanwhile.
    await transaction.selectFrom('seal_progress').select('size').forNoKeyUpdate().executeTakeFirst();
    const { signer, keys } = await agreedKeys(transaction, ground);
    const last = await ground.outside.latest();
    if (last === undefined || parseCheckpoint(last).size <= (keys.at(-1)?.fromSize ?? 0))
      throw new SealRefused('nothing was sealed under the present key yet');
    const { origin, size, root } = verifyByKeys(last, keys);
    const next = await ground.key.prepareNext();
    const extension = [nextKeyLine(next.verifierKey)];
    const handover = signCheckpoint({ origin, size, root, extension }, [signer, next]);
    const followed = [...keys, { verifier: next.verifierKey, fromSize: size, handover }];
    await ground.outside.keepCheckpoint(handover);
    await ground.outside.keepKeys(followed);
    await ground.key.replace();
    await keepKeys(transaction, followed);
    await keepCheckpoint(transaction, size, handover);
    return { verifier: next.verifierKey, fromSize: size };
  });
}
