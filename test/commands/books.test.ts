import { beforeEach, describe, expect, it } from 'vitest';
import type { DataOf } from '../../events/catalogue.ts';
import type { Actor } from '../../events/envelope.ts';
import type { CommandContext } from '../../src/commands/command.ts';
import type { ToldTimes } from '../../src/commands/occurrence.ts';
import { recordReturn } from '../../src/commands/record-return.ts';
import { recordSale } from '../../src/commands/record-sale.ts';
import { recordStock } from '../../src/commands/record-stock.ts';
import { stateDailyFigures } from '../../src/commands/state-daily-figures.ts';
import { approvedExhibitor, submittedApplication, takeStep } from '../support/exhibitors.ts';
import { eightOClock, idOf, minute } from '../support/facts.ts';
import { expectOnce, type FairLog, fairLog, recorded } from '../support/fair-log.ts';

const exhibitor = idOf(0xe1);
const till: Actor = { role: 'till', id: exhibitor };
const lines = [{ gtin: '9786041234567', code: null, name: '', copies: 2, paid: 90_000 }];
const entry: DataOf<'StockRecorded'> = { entry: idOf(1), exhibitor, kind: 'displayed', copies: 500 };
const sale: DataOf<'SaleRecorded'> = { sale: idOf(2), exhibitor, lines, payment: 'cash' };
const brought: DataOf<'SaleReturned'> = { sale: idOf(2), return: idOf(3), exhibitor, lines };
const statement: DataOf<'DailyFiguresStated'> = {
  statement: idOf(4),
  exhibitor,
  day: '2026-04-21',
  copiesSold: 120,
  revenue: 6_000_000,
  copiesDonated: -1,
};

let log: FairLog;
beforeEach(async () => {
  log = await fairLog();
  await approvedExhibitor(log, exhibitor);
});

/** Each of the four, and the same with other content. */
const writes = {
  'a stock entry': (context: CommandContext, { other, ...about }: About) =>
    recordStock(log, context, { ...entry, ...about, ...(other ? { copies: 501 } : {}) }),
  'a sale': (context: CommandContext, { other, ...about }: About) =>
    recordSale(log, context, { ...sale, ...about, ...(other ? { payment: 'card' } : {}) }),
  'a return': (context: CommandContext, { other, ...about }: About) =>
    recordReturn(log, context, { ...brought, ...about, ...(other ? { reason: 'rách' } : {}) }),
  'a statement': (context: CommandContext, { other, ...about }: About) =>
    stateDailyFigures(log, context, { ...statement, ...about, ...(other ? { copiesSold: 121 } : {}) }),
};
type About = ToldTimes & { readonly other?: true; readonly exhibitor?: string };

describe.for(Object.entries(writes))('%s', ([, write]) => {
  it('is recorded once', async () => {
    const answer = await expectOnce(log, (context, about) => write(context, about ?? {}), till);
    expect(answer).toMatchObject({ outcome: 'recorded' });
  });

  it('keeps the time of its device, corrected once, though it was sent again later', async () => {
    const occurredAt = eightOClock - 10 * minute;
    const told = { occurredAt, sentAt: eightOClock - 5 * minute };
    recorded(await write(log.as(till), told));
    log.clock.now += 60 * minute;
    expect(await write(log.as(till), { ...told, sentAt: log.clock.now })).toMatchObject({ repeated: true });
    expect((await log.store.read((await log.store.head()) - 1, 1))[0]).toMatchObject({
      occurredAt: eightOClock - 5 * minute,
      meta: { skewSeconds: 300, actor: till },
    });
  });

  it('of an exhibitor who never applied, or at no fair, finds nothing', async () => {
    expect(await write(log.as(till), { exhibitor: idOf(0xe9) })).toEqual({ kind: 'not-found' });
    expect(await write({ ...log.as(till), fair: idOf(0xfb) }, {})).toEqual({ kind: 'not-found' });
  });

  it('of an applicant who was never approved finds nothing; of one approved and withdrawn it is recorded', async () => {
    const [never, once] = [idOf(0xe7), idOf(0xe8)];
    await submittedApplication(log, never);
    expect(await write(log.as(till), { exhibitor: never })).toEqual({ kind: 'not-found' });
    await approvedExhibitor(log, once);
    await takeStep(log, once, { id: idOf(0x57), step: 'withdrawn' });
    expect(await write(log.as({ ...till, id: once }), { exhibitor: once })).toMatchObject({ kind: 'recorded' });
  });

  it('is recorded after closing when it occurred before', async () => {
    const open = log.clock.now;
    await log.close();
    expect(await write(log.as(till), { occurredAt: open })).toMatchObject({ kind: 'recorded' });
  });

  it('is refused when it occurred after closing', async () => {
    await log.close();
    expect(await write(log.as(till), {})).toEqual({ kind: 'refused', reason: 'fair-closed' });
  });

  it('does not lie in the future', async () => {
    const ahead = await write(log.as(till), { occurredAt: eightOClock + 10 * minute + 1 });
    expect(ahead).toMatchObject({ kind: 'wrong', fields: [{ field: 'occurredAt' }] });
  });
});

describe('a sale and its returns', () => {
  it('are told apart by their totals', async () => {
    expect(recorded(await recordSale(log, log.as(till), sale))).toEqual({
      outcome: 'recorded',
      copies: 2,
      paid: 90_000,
    });
  });

  it('may arrive in either order, and no more comes back than went out', async () => {
    recorded(await recordReturn(log, log.as(till), brought));
    recorded(await recordSale(log, log.as(till), sale));
    const again = await recordReturn(log, log.as(till), { ...brought, return: idOf(5) });
    expect(again).toEqual({ kind: 'refused', reason: 'more-than-sold' });
  });

  it('of one copy that two tills take back at once is taken back once', async () => {
    recorded(await recordSale(log, log.as(till), sale));
    const handled = await Promise.all(
      [5, 6].map((number) => recordReturn(log, log.as(till), { ...brought, return: idOf(number) })),
    );
    expect(handled.map(({ kind }) => kind).toSorted()).toEqual(['recorded', 'refused']);
  });
});
