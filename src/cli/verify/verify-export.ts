import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import type { FiguresDocument } from '../../contract/figures.ts';
import { documentIn } from '../../figures/document.ts';
import { figureLines } from '../../figures/figure-lines.ts';
import { snapshotOf } from '../../figures/snapshot.ts';
import { openLogGround } from '../../ground.ts';
import type { Finding } from '../../seal/audit/finding.ts';
import { isAboutContent } from '../../seal/audit/reading.ts';
import { progressText } from '../progress-line.ts';
import { onSnapshot, withBuilding } from './building.ts';
import type { ExportStore } from './export-store.ts';
import { readExport } from './read-export.ts';
import { CouldNotLook } from './could-not-look.ts';
import { type Verdict, verdictOf } from './verdict.ts';

type Options = { readonly head: string | undefined; readonly progress: ((line: string) => void) | undefined };

/**
 * Verifies an export with nothing but the file: no server, no database of ours, no key. Figures are counted in a
 * PostgreSQL that is there for this only.
 * @throws CouldNotLook for what is no export
 */
export async function verifyExport(path: string, { head, progress }: Options): Promise<Verdict> {
  await using file = await open(path, 'r').catch((cause: unknown) => {
    throw new CouldNotLook(`--export ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
  const { header, store, findings, sealed, unsealed } = await readExport(file, head);
  const { figures } = header;
  const counted = figures ? await countExport(store, figures, progress) : [];
  return verdictOf({
    sealed,
    unsealed,
    figuresAt: figures?.position ?? null,
    signingKey: null,
    keys: header.keys,
    differences: [...findings, ...counted],
  });
}

async function countExport(
  store: ExportStore,
  shown: FiguresDocument,
  progress: Options['progress'],
): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'hoi-sach-verify-'));
  try {
    await using ground = await openLogGround(readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }), { as: 'tool' });
    const counting = { pool: ground.pool, store, onProgress: (now: Progress) => progress?.(progressText(now)) };
    return await withBuilding(counting, async (db, builder) => {
      await builder.moveTo(store.lastUpTo(shown.position));
      const standing = { generation: builder.replay.lease.generation, position: shown.position };
      const counted = await onSnapshot(db, async (transaction) =>
        documentIn(await snapshotOf({ ...standing, db: transaction }), shown.fair, Date.parse(shown.asOf)),
      );
      return differences(shown, counted);
    });
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    return [{ kind: 'figures-unreadable', why: error.message }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Progress = Parameters<typeof progressText>[0];

function differences(shown: FiguresDocument, counted: FiguresDocument | undefined): Finding[] {
  const [was, is] = [figureLines(shown), counted ? figureLines(counted) : new Map<string, string>()];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((figure) => ({ figure, shown: was.get(figure) ?? '', counted: is.get(figure) ?? '' }))
    .filter((line) => line.shown !== line.counted)
    .map((line) => ({ kind: 'figure-differs', fair: shown.fair, ...line }));
}
