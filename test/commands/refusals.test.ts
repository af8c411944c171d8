import { beforeEach, describe, expect, it } from 'vitest';
import type { DataOf } from '../../events/catalogue.ts';
import type { Actor } from '../../events/envelope.ts';
import { acceptScan } from '../../src/commands/accept-scan.ts';
import { closeFigures } from '../../src/commands/close-figures.ts';
import type { CommandContext, Handled } from '../../src/commands/command.ts';
import { planBooth } from '../../src/commands/plan-booth.ts';
import { recordReturn } from '../../src/commands/record-return.ts';
import { recordSale } from '../../src/commands/record-sale.ts';
import { recordScan } from '../../src/commands/record-scan.ts';
import { registerGroup } from '../../src/commands/register-group.ts';
import { reopenFigures } from '../../src/commands/reopen-figures.ts';
import { stateDailyFigures } from '../../src/commands/state-daily-figures.ts';
import { voidFact } from '../../src/commands/void-fact.ts';
import { approvedExhibitor } from '../support/exhibitors.ts';
import { eightOClock as eight, idOf, minute } from '../support/facts.ts';
import { fairLog, recorded } from '../support/fair-log.ts';
import { gateDevice, type GateLog, gateLog } from '../support/gate-log.ts';
import { withAppend } from '../simulation/with-append.ts';

const exhibitor = idOf(0xe1);
const till: Actor = { role: 'till', id: exhibitor };
const lines = [{ gtin: '9786041234567', code: null, name: '', copies: 2, paid: 90_000 }];
const brought: DataOf<'SaleReturned'> = { sale: idOf(2), return: idOf(3), exhibitor, lines };
const totals = { exhibitor, day: '2026-04-21', copiesSold: 120, revenue: 6_000_000, copiesDonated: 0 };
const closed: Handled<never> = { kind: 'refused', reason: 'fair-closed' };

let log: GateLog;
beforeEach(async () => {
  log = await gateLog();
  await approvedExhibitor({ ...(await fairLog()), ...log, close: () => close(1) }, exhibitor);
});

const close = async (number: number): Promise<void> => {
  recorded(await closeFigures(log, log.as(), { closing: idOf(0xc000 + number) }));
  log.clock.now += minute;
};
const reopen = async (number: number): Promise<void> => {
  recorded(await reopenFigures(log, log.as(), { reopening: idOf(0xc100 + number), reason: 'bổ sung' }));
  log.clock.now += minute;
};
const state = (context: CommandContext, statement = idOf(4), more: { copiesSold?: number } = {}) =>
  stateDailyFigures(log, context, { statement, ...totals, ...more, occurredAt: eight + 1 });

/** A no stands for whoever sends the same again, as often and as late as it may be; it is in the log once. */
async function expectStanding(send: () => Promise<Handled<unknown>>, no: Handled<never>): Promise<void> {
  const before = await log.store.head();
  expect(await Promise.all([send(), send(), send()])).toEqual([no, no, no]);
  log.clock.now += minute;
  expect(await send()).toEqual(no);
  expect(await log.store.head()).toBe(before + 1);
}

describe('a refused request', () => {
  it('stays refused when what it was refused for is over, and can be made anew', async () => {
    await close(1);
    await expectStanding(() => state(log.as(till)), closed);
    await reopen(1);
    expect(await state(log.as(till))).toEqual(closed);
    expect(await state(log.as(till), idOf(5))).toMatchObject({ kind: 'recorded', repeated: false });
  });

  it('is in the log as a fact of its own stream, which says nothing but that', async () => {
    await close(1);
    await state(log.as(till));
    const [event] = await log.store.read((await log.store.head()) - 1, 1);
    expect(event).toMatchObject({
      type: 'RequestRefused',
      data: { kind: 'statement', id: idOf(4), reason: 'fair-closed' },
      meta: { actor: till },
      occurredAt: eight + 1,
    });
  });

  it('stands for no other content and no other caller', async () => {
    await close(1);
    await state(log.as(till));
    expect(await state(log.as(till), idOf(4), { copiesSold: 7 })).toEqual({ kind: 'id-already-used' });
    expect(await state(log.as({ role: 'exhibitor', id: exhibitor }))).toEqual({ kind: 'id-already-used' });
  });

  it('closes nothing and opens nothing when its copy strays in', async () => {
    const reopenLate = () => reopenFigures(log, log.as(), { reopening: idOf(8), reason: 'nhầm' });
    const closeAgain = () => closeFigures(log, log.as(), { closing: idOf(9) });
    await expectStanding(reopenLate, { kind: 'refused', reason: 'not-closed' });
    await close(1);
    expect(await reopenLate()).toEqual({ kind: 'refused', reason: 'not-closed' });
    await expectStanding(closeAgain, { kind: 'refused', reason: 'already-closed' });
    await reopen(1);
    expect(await closeAgain()).toEqual({ kind: 'refused', reason: 'already-closed' });
  });

  it('brings back nothing when another return is undone', async () => {
    recorded(await recordSale(log, log.as(till), { sale: idOf(2), exhibitor, lines, payment: 'cash' }));
    recorded(await recordReturn(log, log.as(till), brought));
    const again = () => recordReturn(log, log.as(till), { ...brought, return: idOf(6) });
    await expectStanding(again, { kind: 'refused', reason: 'more-than-sold' });
    const undo = { void: idOf(7), kind: 'return', id: idOf(3), sale: idOf(2), exhibitor, reason: 'nhầm' } as const;
    recorded(await voidFact(log, log.as(till), undo));
    expect(await again()).toEqual({ kind: 'refused', reason: 'more-than-sold' });
    expect(await recordReturn(log, log.as(till), { ...brought, return: idOf(8) })).toMatchObject({ kind: 'recorded' });
  });

  it('keeps no contact', async () => {
    await close(1);
    const kept: string[] = [];
    const vault = {
      put: async () => (kept.push('a contact'), 'kept' as const),
      takeBack: async () => {},
    };
    const details = {
      school: 'THCS Suối Hoa',
      level: 'lower-secondary',
      classes: 2,
      persons: 80,
      day: '2026-04-21',
      site: 'A',
      slot: '08:30',
    } as const;
    const leader = {
      name: 'Cô giáo',
      phone: '+84912345678',
      consents: [{ purpose: 'group-visit' as const, version: '2026-01' }],
    };
    const register = () => registerGroup({ ...log, vault }, log.as(), { group: idOf(0x90), details, leader });
    await expectStanding(register, closed);
    await reopen(1);
    expect(await register()).toEqual(closed);
    expect(kept).toEqual([]);
  });
});

describe('a script that asks in vain without end', () => {
  it('is told to come again tomorrow, and its stream stops growing', async () => {
    const reopenInVain = (number: number) =>
      reopenFigures(log, log.as(), { reopening: idOf(0xf000 + number), reason: 'thử' });
    for (let number = 1; number <= 100; number += 1) {
      expect(await reopenInVain(number)).toEqual({ kind: 'refused', reason: 'not-closed' });
      log.clock.now += 1000;
    }
    const before = await log.store.head();
    const wait = { kind: 'too-many-requests', retryAfterSeconds: 24 * 3600 - 100 };
    expect([await reopenInVain(101), await reopenInVain(101)]).toEqual([wait, wait]);
    expect(await reopenInVain(7)).toEqual({ kind: 'refused', reason: 'not-closed' });
    expect(await log.store.head()).toBe(before);
    await close(1);
    expect(await reopenInVain(101)).toMatchObject({ kind: 'recorded' });
    log.clock.now += 24 * 3600_000;
    expect(await reopenInVain(102)).toEqual({ kind: 'refused', reason: 'not-closed' });
  });
});

describe('two copies at two nodes, one decided before a reopening and one after', () => {
  it('get one answer, whichever is written first', async () => {
    await close(1);
    const { promise: mayWrite, resolve: write } = Promise.withResolvers<void>();
    const { promise: waits, resolve: decided } = Promise.withResolvers<void>();
    const slow = log.otherNode(
      withAppend(log.store, async (items) => {
        decided();
        await mayWrite;
        return log.store.append(items);
      }),
    );
    const statement = { statement: idOf(4), ...totals, occurredAt: eight + 1 };
    const first = stateDailyFigures(slow, slow.as(till), statement);
    await waits;
    await reopen(1);
    expect(await stateDailyFigures(log, log.as(till), statement)).toMatchObject({ kind: 'recorded', repeated: false });
    write();
    expect(await first).toMatchObject({ kind: 'recorded', repeated: true });
  });
});

describe('what only one id can ask for', () => {
  it('is decided anew each time: a booth on the plan', async () => {
    const plan = () =>
      planBooth(log, log.as(), {
        booth: 'B1',
        plan: { site: 'A', type: 'standard', row: 1, column: 1, width: 1, height: 1 },
      });
    await close(1);
    const before = await log.store.head();
    expect(await plan()).toEqual(closed);
    expect(await log.store.head()).toBe(before);
    await reopen(1);
    expect(await plan()).toMatchObject({ kind: 'recorded' });
  });

  it('and a scan that nobody could verify, which is to count', async () => {
    const shown = { decided: { outcome: 'admitted' }, gate: 'G1', direction: 'in', occurredAt: eight } as const;
    recorded(await recordScan(log, log.as(gateDevice), { scan: idOf(0x5c), shortCode: '22222222', ...shown }));
    const accept = () => acceptScan(log, log.as(), { scan: idOf(0x5c), pass: null });
    await close(1);
    expect(await accept()).toEqual(closed);
    await reopen(1);
    expect(await accept()).toMatchObject({ kind: 'recorded' });
  });
});
