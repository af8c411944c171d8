/** Where a checkpoint, a key or a hash was found: in the database, in the copies beside it, or given by whoever asks. */
export type Where = 'database' | 'folder' | 'head' | 'export';

/** One thing that is not as it was sealed. Positions are those of the log; `from` to `to` with both ends. */
export type Finding =
  | { readonly kind: 'facts-changed'; readonly from: number; readonly to: number }
  /** They were sealed here and are gone; `renumbered` where later ones have moved up to hide it. */
  | { readonly kind: 'facts-missing'; readonly from: number; readonly to: number; readonly renumbered?: true }
  | { readonly kind: 'facts-inserted'; readonly from: number; readonly to: number; readonly renumbered?: true }
  | { readonly kind: 'facts-swapped'; readonly positions: readonly [number, number] }
  /** The end of the log is gone. `from` and `to` are leaves from 1, where nothing says their positions. */
  | { readonly kind: 'log-cut'; readonly from: number; readonly to: number }
  /** Some of the leaves `from` to `to` (from 1) is another one than was signed, and no list of leaves says which. */
  | {
      readonly kind: 'root-differs';
      readonly where: Where;
      readonly from: number;
      readonly to: number;
      readonly sealed: string;
      readonly found: string;
    }
  | { readonly kind: 'tile-changed'; readonly level: number; readonly index: number; readonly position?: number }
  | { readonly kind: 'tile-missing'; readonly level: number; readonly index: number }
  /** More is there than the leaves that the database claims to have make: a tile, or a part of one. */
  | { readonly kind: 'tile-surplus'; readonly level: number; readonly index: number }
  | { readonly kind: 'leaves-changed'; readonly where: Where }
  | { readonly kind: 'checkpoint-missing'; readonly where: Where; readonly size: number }
  | { readonly kind: 'checkpoint-replaced'; readonly where: Where; readonly size: number; readonly why: string }
  | { readonly kind: 'key-replaced'; readonly where: Where; readonly key: string }
  | { readonly kind: 'key-missing'; readonly where: Where; readonly key: string }
  /** There are facts, and no checkpoint that could be believed; the database claims so many sealed ones. */
  | { readonly kind: 'nothing-kept'; readonly size: number }
  /** The file ends, or makes no sense, behind this position. */
  | { readonly kind: 'export-incomplete'; readonly after: number }
  | {
      readonly kind: 'figure-differs';
      readonly fair: string;
      readonly figure: string;
      /** As it is shown, and as the log has it; empty where there is none. */
      readonly shown: string;
      readonly counted: string;
    }
  /** The rows behind the figures are not those that the log gives. */
  | {
      readonly kind: 'table-differs';
      readonly fair: string;
      readonly table: string;
      readonly shown: string;
      readonly counted: string;
    }
  | { readonly kind: 'figures-unreadable'; readonly why: string }
  /** Something there cannot be read at all, and so was not compared. */
  | { readonly kind: 'unreadable'; readonly where: Unread; readonly why: string };

/** What an audit reads besides the figures. */
export type Unread = 'log' | 'heads' | 'leaves' | 'tiles';

/** What a person reads of a finding, without a full stop. */
export function sentenceOf(finding: Finding): string {
  switch (finding.kind) {
    case 'facts-changed':
      return `${placesOf(finding)} changed since being sealed`;
    case 'facts-missing':
      return `${placesOf(finding)} removed${finding.renumbered ? ', and what follows was renumbered' : ''}`;
    case 'facts-inserted':
      return `${placesOf(finding)} inserted${finding.renumbered ? ', and what follows was renumbered' : ''}`;
    case 'facts-swapped':
      return `The facts at positions ${finding.positions.join(' and ')} were swapped`;
    case 'log-cut':
      return `The end of the log is gone: facts ${finding.from} to ${finding.to}, which were sealed`;
    case 'root-differs':
      return `Of facts ${finding.from} to ${finding.to} one or more are not as ${sealOf(finding.where)} of size ${finding.to} says: root ${finding.found} instead of ${finding.sealed}`;
    default:
      return aboutSeal(finding);
  }
}

type AboutFacts = Extract<Finding, { kind: `facts-${string}` | 'log-cut' | 'root-differs' }>;

function aboutSeal(finding: Exclude<Finding, AboutFacts>): string {
  switch (finding.kind) {
    case 'tile-changed':
      return `The stored tree was changed: tile ${finding.level}/${finding.index}${finding.position === undefined ? '' : `, first at position ${finding.position}`}`;
    case 'tile-missing':
      return `The stored tree lacks tile ${finding.level}/${finding.index}`;
    case 'tile-surplus':
      return `The stored tree holds more than its leaves make: tile ${finding.level}/${finding.index}`;
    case 'leaves-changed':
      return `The leaf hashes ${placeOf[finding.where]} do not lead to what was signed`;
    case 'checkpoint-missing':
      return `The checkpoint of size ${finding.size} is gone ${placeOf[finding.where]}`;
    case 'checkpoint-replaced':
      return `The checkpoint of size ${finding.size} ${placeOf[finding.where]} was replaced: ${finding.why}`;
    case 'key-replaced':
      return `A key that was never handed over to stands ${placeOf[finding.where]}: ${finding.key}`;
    case 'key-missing':
      return `A key of this log is gone ${placeOf[finding.where]}: ${finding.key}`;
    case 'nothing-kept':
      return `No checkpoint is there that could be believed${finding.size > 0 ? `, though the database claims ${finding.size} sealed facts` : ''}: give one that was kept elsewhere with --head`;
    case 'export-incomplete':
      return `The export is not whole: what follows position ${finding.after} is missing or no line of an export`;
    case 'figure-differs':
      return `Fair ${finding.fair}, ${finding.figure}: shown ${finding.shown || 'not at all'}, by the log ${finding.counted || 'none'}`;
    case 'table-differs':
      return `Fair ${finding.fair}, rows of ${finding.table} behind the figures: ${finding.shown} shown, ${finding.counted} by the log`;
    case 'unreadable':
      return `The ${unreadPlace[finding.where]} cannot be read: ${finding.why}`;
    case 'figures-unreadable':
      return `The figures cannot be counted again: ${finding.why}`;
  }
}

const placesOf = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  from === to ? `The fact at position ${from} was` : `The facts at positions ${from} to ${to} were`;

const placeOf: Readonly<Record<Where, string>> = {
  database: 'in the database',
  folder: 'in the copies outside the database',
  head: 'in the file of --head',
  export: 'in the export',
};

const unreadPlace: Readonly<Record<Unread, string>> = {
  log: 'log',
  heads: 'checkpoints or keys',
  leaves: 'list of leaves',
  tiles: 'stored tree',
};

const sealOf = (where: Where): string =>
  ({
    database: 'the checkpoint in the database',
    folder: 'the checkpoint outside the database',
    head: 'the checkpoint given with --head',
    export: 'the checkpoint in the export',
  })[where];
