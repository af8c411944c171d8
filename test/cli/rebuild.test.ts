import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CliCommand } from '../../src/cli/command.ts';
import { parked } from '../../src/cli/parked.ts';
import { rebuild } from '../../src/cli/rebuild.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { postgresEventStore } from '../../src/store/postgres/postgres-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';
import { fair } from '../support/history/names.ts';

const history = sampleHistory({ seed: 23, factsMin: 60 });
const broken = 'revised without settings';

let database: FreshDatabase;
let folder: string;
let config: Config;
beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'hoi-sach-cli-'));
  config = readConfig({
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: folder,
  });
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = async (command: CliCommand, ...args: string[]) => {
  const [told, progress]: [string[], string[]] = [[], []];
  await command.run(args, { config, tell: (line) => told.push(line), progress: (line) => progress.push(line) });
  return { told, progress };
};

const write = async (happenings: typeof history): Promise<number> => {
  const store = postgresEventStore(database.appUrl);
  try {
    await append(store, happenings);
    return await store.head();
  } finally {
    await store.close();
  }
};

describe('rebuild on the command line', { timeout: 120_000 }, () => {
  test('has nothing to list before anything was counted', async () => {
    expect((await run(parked)).told).toEqual(['Nothing is counted yet by this version of the program.']);
  });

  test('tells how far it is, how fast, and how long it takes, and that the figures say the same', async () => {
    const head = await write(history);
    const first = await run(rebuild);
    expect(first.told).toEqual([`Figures 1 count all facts up to position ${head}.`]);
    expect(first.progress.at(-1)).toMatch(new RegExp(`^${head} of ${head} events \\(100 %\\), [\\d,]+/s, 0 s left$`));
    const second = await run(rebuild);
    expect(second.told).toEqual([`Figures 2 count all facts up to position ${head}. They say the same as figures 1.`]);
    expect((await run(parked)).told).toEqual([`No event is parked: all facts up to position ${head} are counted.`]);
  });

  test('says which figure differs, and fails, until that is accepted', async () => {
    const spoilt = await database.pool.query<{ visits: number }>(
      `update projections_2.attendance_days set entries = entries + 1
       where ctid = (select ctid from projections_2.attendance_days limit 1) returning visits`,
    );
    expect(spoilt.rowCount).toBe(1);
    const told: string[] = [];
    const refused = rebuild.run([], { config, tell: (line) => told.push(line) });
    await expect(refused).rejects.toMatchObject({
      name: 'FiguresDiffer',
      message: expect.stringMatching(/^\d+ differences? in 1 fair: .*--accept$/),
    });
    expect(told[0]).toMatch(new RegExp(`^fair ${fair} differs without a known reason: entries: \\d+ → \\d+$`));
    const accepted = await run(rebuild, '--accept');
    expect(accepted.told.at(-1)).toMatch(/^Figures 4 count all facts up to position \d+\.$/);
    expect((await run(rebuild)).told).toHaveLength(1);
  });

  test('says what is parked, in which stream, why and since when', async () => {
    const [first] = history;
    if (!first) throw new Error('the history is empty');
    const event = {
      ...first.event,
      id: '019a0000-0000-7000-8000-00000000beef',
      type: 'FairRevised',
      data: { settings: null },
    };
    const position = await write([{ stream: broken, event, recordedAt: first.recordedAt }]);
    await expect(run(rebuild)).resolves.toMatchObject({
      told: expect.arrayContaining([
        expect.stringMatching(new RegExp(`^position ${position} is parked newly: FairRevised, fairs: `)),
        '2 parked, not counted: the figures of their fairs say “incomplete”.',
      ]),
    });
    const { told } = await run(parked);
    expect(told).toEqual([
      expect.stringMatching(
        new RegExp(
          `^position ${position}, FairRevised, stream ${broken}, fair ${fair}, since 20[\\d:.TZ-]+: attendance: `,
        ),
      ),
      expect.stringMatching(/: fairs: /),
      '2 parked. A program that can take them in counts them by: npm run -s cli -- rebuild',
    ]);
    expect((await run(rebuild)).told).toEqual(
      expect.arrayContaining([expect.stringMatching(new RegExp(`^position ${position} is parked again: FairRevised`))]),
    );
  });
});
