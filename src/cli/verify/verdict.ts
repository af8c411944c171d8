import { type Finding, sentenceOf } from '../../seal/audit/finding.ts';
import { exposureSentence, type KeyExposure } from './key-exposure.ts';

/** What `verify` says, as JSON with `--json`. */
export type Verdict = {
  readonly equal: boolean;
  /** Leaves of the largest checkpoint and its root; null where nothing was ever sealed. */
  readonly sealed: { readonly size: number; readonly root: string } | null;
  /** Facts younger than that checkpoint, which nothing speaks for yet. */
  readonly unsealed: { readonly count: number; readonly from: number; readonly to: number };
  /** The position whose figures were counted again; null where there was nothing to compare. */
  readonly figuresAt: number | null;
  /** Null for an export, which is verified without a key. */
  readonly signingKey: KeyExposure | null;
  /** Verifier keys that checkpoints were believed by. */
  readonly keys: readonly string[];
  readonly differences: readonly Finding[];
};

/** So many differences are told in words; `--json` has them all. */
const toldMax = 200;

export function verdictLines({ equal, sealed, unsealed, figuresAt, signingKey, keys, differences }: Verdict): string[] {
  const told = differences.slice(0, toldMax).map((finding) => `  ${sentenceOf(finding)}.`);
  const more = differences.length - told.length;
  return [
    equal
      ? equalSentence(sealed, unsealed)
      : `Not equal: ${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}.`,
    ...told,
    ...(more > 0 ? [`  … and ${more} more: --json lists all.`] : []),
    sealed ? `Sealed: ${sealed.size} facts, root ${sealed.root}.` : 'Sealed: nothing yet.',
    ...(unsealed.count > 0
      ? [`Not yet sealed: ${unsealed.count} facts, positions ${unsealed.from} to ${unsealed.to}.`]
      : []),
    figuresAt === null
      ? 'Figures: none are there to be compared.'
      : `Figures: counted again up to position ${figuresAt}.`,
    ...keys.map((key) => `Key: ${key}`),
    signingKey
      ? exposureSentence(signingKey)
      : 'The key stands in the export itself: compare it with the one that the system publishes, or give a checkpoint that you have kept with --head.',
  ];
}

/** It never says that what nobody has sealed is as it was sealed. */
const equalSentence = (sealed: Verdict['sealed'], unsealed: Verdict['unsealed']): string => {
  if (sealed && sealed.size > 0) return 'Equal: log, seal and figures are as they were sealed.';
  return unsealed.count > 0
    ? 'Figures are those of the log, but nothing is sealed yet: verify again in a minute.'
    : 'Nothing is there to be compared: the log is empty, and nothing is sealed yet.';
};
