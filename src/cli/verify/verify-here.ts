import type { Config } from '../../config.ts';
import { openLogGround } from '../../ground.ts';
import { auditLog } from '../../seal/audit/audit-log.ts';
import { readSignerKey } from '../../seal/note-keys.ts';
import { OutsideCopies } from '../../seal/outside-copies.ts';
import { progressText } from '../progress-line.ts';
import { countAgain } from './count-again.ts';
import { keyExposure } from './key-exposure.ts';
import { type Verdict, verdictOf } from './verdict.ts';

type Options = {
  /** A checkpoint that whoever asks has kept. */
  readonly head: string | undefined;
  readonly progress: ((line: string) => void) | undefined;
};

/** Verifies the log and the figures of this configuration, whether a server is up or not. */
export async function verifyHere(config: Config, { head, progress }: Options): Promise<Verdict> {
  await using ground = await openLogGround(config, { as: 'tool' });
  const outside = new OutsideCopies(config);
  const ownKey = config.sealKey && readSignerKey(config.sealKey.reveal()).verifierKey;
  const log = await auditLog({ db: ground.db, store: ground.store, outside, given: head, ownKey });
  const figures = await countAgain({
    pool: ground.pool,
    store: ground.store,
    onProgress: (now) => progress?.(progressText(now)),
  });
  return verdictOf({
    sealed: log.sealed,
    unsealed: log.unsealed,
    figuresAt: figures.position,
    signingKey: await keyExposure(config, outside.folder),
    keys: log.keys,
    differences: [...log.findings, ...figures.findings],
  });
}
