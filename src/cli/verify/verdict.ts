import { type Finding, sentenceOf } from '../../seal/audit/finding.ts';
import { exposureSentence, type KeyExposure } from './key-exposure.ts';

/** What `verify` says, as JSON with `--json`. */
export type Verdict = {
  /** Null where nothing differs and nothing is sealed yet: there is nothing that it could be equal to. */
  readonly equal: boolean | null;
  /** Where it is null: what would have to be there. */
  readonly why?: string;
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

export type Looked = Omit<Verdict, 'equal' | 'why'>;

/** It never says that what nobody has sealed is as it was sealed. */
export function verdictOf(looked: Looked): Verdict {
  if (looked.differences.length > 0) return { equal: false, ...looked };
  return (looked.sealed?.size ?? 0) > 0
    ? { equal: true, ...looked }
    : { equal: null, why: unsealedWhy(looked), ...looked };
}

const unsealedWhy = ({ unsealed }: Looked): string =>
  unsealed.count > 0
    ? 'Figures are those of the log, but nothing is sealed yet: verify again in a minute.'
    : 'Nothing is there to be compared: the log is empty, and nothing is sealed yet.';

export function verdictLines({
  equal,
  why,
  sealed,
  unsealed,
  figuresAt,
  signingKey,
  keys,
  differences,
}: Verdict): string[] {
  const told = differences.slice(0, toldMax).map((finding) => `  ${sentenceOf(finding)}.`);
  const more = differences.length - told.length;
  return [
    equal !== false
      ? (why ?? 'Equal: log, seal and figures are as they were sealed.')
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
