import type { Credentials } from '../auth/credentials.ts';
import type { PassKeys } from '../auth/pass-keys.ts';
import type { PosterCodes } from '../auth/poster-codes.ts';
import type { SecretKind } from '../auth/secrets.ts';
import type { ShortCodeFinder } from '../auth/short-code-finder.ts';
import type { ShortCodes } from '../auth/short-codes.ts';
import type { VisitorCookies } from '../auth/visitor-cookie.ts';
import type { CommandPorts } from '../commands/command.ts';
import type { PassReader } from '../commands/pass-reader.ts';
import type { CodeMarks } from '../commands/read-code.ts';
import type { PosterPace } from '../commands/poster-pace.ts';
import type { FiguresDatabase } from '../figures/snapshot.ts';
import type { ListedFair } from '../figures/fair-list.ts';
import type { Figures } from '../figures/figures.ts';
import type { LiveFigures } from '../figures/live.ts';
import type { Log } from '../log.ts';
import type { ProjectionProgress } from '../projector/progress.ts';
import type { SealedLog } from '../seal/sealed-log.ts';
import type { Vault } from '../vault/vault.ts';
import type { Assets } from '../web/asset-manifest.ts';
import type { Frame } from './event-stream.ts';
import type { Limits } from './limits.ts';

/** What a node tells about itself. */
export type Metrics = {
  request(observed: { method: string; route: string; status: number; seconds: number }): void;
  streamOpened(): void;
  streamClosed(): void;
  /** In the form that `contentType` names. */
  text(): Promise<string>;
  readonly contentType: string;
};

/** Scripts, styles and fonts, under names that change with their content. */
export type AssetFiles = {
  /** Where each is, by the name pages use. */
  readonly addresses: Assets;
  /** A file by the last part of its address. */
  read(file: string): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string } | undefined>;
};

/** Everything the HTTP layer stands on; a composition root puts it together. */
export type Ports = CommandPorts & {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  readonly credentials: Credentials;
  /** A secret that a repeat of the same request gets again; `name` is what it was asked for with. */
  readonly secretFor: (kind: SecretKind, name: readonly string[]) => string;
  readonly vault: Vault;
  /** Where projections are read, all of them as of one position. */
  readonly projections: FiguresDatabase;
  readonly passKeys: PassKeys;
  readonly shortCodes: ShortCodes;
  readonly shortCodeFinder: ShortCodeFinder;
  readonly passReader: PassReader;
  readonly codeMarks: CodeMarks;
  readonly posterCodes: PosterCodes;
  readonly posterPace: PosterPace;
  readonly visitorCookies: VisitorCookies;
  readonly limits: Limits;
  readonly figures: Pick<Figures, 'document' | 'factsBehind'>;
  readonly live: Pick<LiveFigures<Frame>, 'subscribe'>;
  readonly progress: Pick<ProjectionProgress, 'waitFor'>;
  /** The fairs to choose from, the latest day first, not before `after`; undefined while they are being counted. */
  readonly fairList: (query: { readonly after?: number | undefined }) => Promise<readonly ListedFair[] | undefined>;
  /** Checkpoints, and proofs over the log. */
  readonly sealed: Pick<SealedLog, 'head' | 'keys' | 'leafOf' | 'inclusion' | 'consistency' | 'receipt'>;
  /** Aborted when this node stops: whatever stays open ends then. */
  readonly stopping: AbortSignal;
  readonly metrics: Metrics;
  readonly assets: AssetFiles;
  /** The parts this node answers with, and how each is: it cannot answer while one is `waiting`. */
  readonly readiness: () => Promise<Readonly<Record<string, 'ready' | 'waiting' | 'behind' | 'stopped'>>>;
  /** The network address of whoever asks, as the runtime knows it. */
  readonly addressOf: (runtime: unknown, headers: Headers) => string;
  /** Where visitors find us, without a slash at the end; undefined for wherever the `Host` header says. */
  readonly publicUrl: string | undefined;
};
