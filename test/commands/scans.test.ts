import { beforeEach, describe, expect, it } from 'vitest';
import type { Handled } from '../../src/commands/command.ts';
import { streamOf } from '../../src/commands/ids.ts';
import { closeFigures } from '../../src/commands/close-figures.ts';
import { recordScan, type ScanRequest } from '../../src/commands/record-scan.ts';
import type { ScanAnswer } from '../../src/commands/scan-answer.ts';
import { reopenFigures } from '../../src/commands/reopen-figures.ts';
import { voidFact } from '../../src/commands/void-fact.ts';
import { eightOClock as eight, fairId, idOf, minute } from '../support/facts.ts';
import { readPassToken } from '../../src/domain/pass-token.ts';
import { shortCodeOf } from '../../src/domain/short-code.ts';
import { expectOnce, recorded } from '../support/fair-log.ts';
import { gateDevice, type GateLog, gateLog } from '../support/gate-log.ts';

const pass = idOf(0x9a);
let log: GateLog;
beforeEach(async () => {
  log = await gateLog();
});

const asked = async (number: number, about: Partial<ScanRequest> = {}): Promise<ScanRequest> => ({
  scan: idOf(number),
  token: await log.token(pass),
  gate: 'G2',
  direction: 'in',
  occurredAt: log.clock.now,
  ...about,
});
const scan = async (number: number, about: Partial<ScanRequest> = {}, node = log): Promise<Handled<ScanAnswer>> =>
  recordScan(node, node.as(gateDevice), await asked(number, about));
const factsOfPass = async (): Promise<string[]> => {
  const [events = []] = await log.store.load([{ stream: streamOf(fairId, 'pass', pass), afterVersion: 0 }]);
  return events.map(({ type }) => type);
};

describe('a scan', () => {
  it('is one fact with one answer, whoever delivers it and when', async () => {
    const request = await asked(1);
    const answer = await expectOnce(
      log,
      (context, about) => recordScan(log, context, { ...request, gate: about ? 'G1' : 'G2', sentAt: context.now }),
      gateDevice,
    );
    expect(answer).toMatchObject({ outcome: 'admitted', pass, gate: 'G2', occurredAt: new Date(eight).toISOString() });
  });

  it('that was refused is refused again with the same answer, though it would be let in now', async () => {
    await scan(1, { gate: 'G1' });
    log.clock.now += minute;
    const refused = await asked(2, { gate: 'G1' });
    const first = recorded(await recordScan(log, log.as(gateDevice), refused));
    expect(first).toMatchObject({ outcome: 'refused', reason: 'already-inside' });
    await scan(3, { direction: 'out', occurredAt: eight + 1 });
    expect(recorded(await recordScan(log, log.as(gateDevice), refused))).toEqual(first);
  });

  it('corrects the time once, at the first receipt', async () => {
    const request = await asked(1, { occurredAt: eight - 60_000 });
    const deliver = (sentAt: number) => recordScan(log, log.as(gateDevice), { ...request, sentAt });
    const first = recorded(await deliver(eight - 30_000));
    expect(first).toMatchObject({ skewSeconds: 30, occurredAt: new Date(eight - 30_000).toISOString() });
    log.clock.now += minute;
    expect(recorded(await deliver(eight))).toEqual(first);
  });

  it('of no pass stands alone, and takes nothing from a pass', async () => {
    const forged = (await log.token(pass)).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(recorded(await scan(1, { token: forged }))).toMatchObject({
      outcome: 'refused',
      reason: 'unknown-pass',
      pass: null,
    });
    const elsewhere = await log.token(pass, { fair: idOf(0xfb) });
    expect(recorded(await scan(2, { token: elsewhere }))).toMatchObject({
      outcome: 'refused',
      reason: 'other-fair',
      pass: null,
    });
    expect(await factsOfPass()).toEqual([]);
  });

  it('in a fair that does not exist is of nothing', async () => {
    const context = { ...log.as(gateDevice), fair: idOf(0xfb) };
    expect(await recordScan(log, context, await asked(1))).toEqual({ kind: 'not-found' });
  });

  it('of a card or a payment leaves nothing, not even a digest', async () => {
    const before = await log.store.head();
    expect(await scan(1, { token: '001200345678|Nguyễn Thị A' })).toMatchObject({
      kind: 'wrong',
      fields: [{ field: 'token' }],
    });
    expect(await log.store.head()).toBe(before);
  });
});

describe('two gates that admit one pass at once', () => {
  it('both have a fact, and one of them the first admission', async () => {
    for (const nodes of [
      [log, log],
      [log, log.otherNode()],
    ]) {
      log.clock.now += 86_400_000;
      const before = (await factsOfPass()).length;
      const answers = await Promise.all(nodes.map((node, index) => scan(0x100 + before + index, {}, node)));
      const outcomes = answers.map(recorded).map(({ outcome }) => outcome);
      expect((await factsOfPass()).slice(before)).toEqual(['VisitorCheckedIn', 'VisitorCheckedIn']);
      expect(outcomes.toSorted()).toEqual(
        before === 0 ? ['admitted', 'admitted-again'] : ['admitted-again', 'admitted-again'],
      );
    }
  });

  it('offline, keep what each has shown', async () => {
    const shown = { decided: { outcome: 'admitted' } } as const;
    const answers = await Promise.all([
      scan(1, { ...shown, gate: 'G1' }),
      scan(2, { ...shown, occurredAt: eight - minute }),
    ]);
    expect(answers.map(recorded)).toMatchObject([{ outcome: 'admitted' }, { outcome: 'admitted' }]);
    expect(await factsOfPass()).toEqual(['VisitorCheckedIn', 'VisitorCheckedIn']);
  });

  it('and a device that undoes meanwhile: every fact is there', async () => {
    await scan(1);
    const undo = { void: idOf(0xdd), kind: 'scan', id: idOf(1), pass, reason: 'nhầm', occurredAt: eight } as const;
    const [voided, ...scanned] = await Promise.all([voidFact(log, log.as(gateDevice), undo), scan(2), scan(3)]);
    expect(voided).toMatchObject({ kind: 'recorded', answer: { outcome: 'voided' } });
    expect(scanned.map(({ kind }) => kind)).toEqual(['recorded', 'recorded']);
    expect((await factsOfPass()).toSorted()).toEqual([
      'FactVoided',
      'VisitorCheckedIn',
      'VisitorCheckedIn',
      'VisitorCheckedIn',
    ]);
  });
});

/** A node on which every code leads to a pass, or to none; `left` says how many misses are left. */
const resolving = (to: string | undefined, left: { misses: number }): GateLog => ({
  ...log,
  shortCodeFinder: {
    find: async () => {
      if (left.misses === 0) return { retryAfterSeconds: 60 };
      if (to === undefined) left.misses -= 1;
      return (to === undefined ? undefined : readPassToken(await log.token(to))?.claims) ?? 'unknown';
    },
  },
});

describe('a scan by a short code that nobody could resolve', () => {
  const typed = (number: number) =>
    asked(number, {
      token: undefined,
      shortCode: shortCodeOf([number, 2, 3, 4, 5, 6, 7]),
      occurredAt: eight,
      decided: { outcome: 'admitted' },
    });

  it('is answered again from the log, though its caller has no miss left, and gets through with the rest', async () => {
    const requests = await Promise.all([1, 2, 3, 4, 5].map(typed));
    const send = async (node: GateLog) => {
      const handled = await Promise.all(requests.map((each) => recordScan(node, log.as(gateDevice), each)));
      return handled.filter(({ kind }) => kind === 'recorded').length;
    };
    expect(await send(resolving(undefined, { misses: 2 }))).toBe(2);
    expect(await send(resolving(undefined, { misses: 2 }))).toBe(4);
    expect(await send(resolving(undefined, { misses: 2 }))).toBe(5);
  });

  it('keeps its id for its own content and caller', async () => {
    const node = resolving(undefined, { misses: 9 });
    const answer = await expectOnce(
      log,
      async (context, about) => recordScan(node, context, { ...(await typed(1)), gate: about ? 'G1' : 'G2' }),
      gateDevice,
    );
    expect(answer).toMatchObject({ outcome: 'admitted', pass: null });
  });

  it('is undone where it stands, though the code leads to a pass by now', async () => {
    const request = await typed(1);
    recorded(await recordScan(resolving(undefined, { misses: 9 }), log.as(gateDevice), request));
    const { shortCode } = request;
    const undo = { void: idOf(0xdd), kind: 'scan', id: idOf(1), shortCode, reason: 'nhầm', occurredAt: eight } as const;
    const node = resolving(pass, { misses: 9 });
    expect(recorded(await voidFact(node, log.as(gateDevice), undo))).toMatchObject({ outcome: 'voided' });
    const [events = []] = await log.store.load([{ stream: streamOf(fairId, 'scan', idOf(1)), afterVersion: 0 }]);
    expect(events.map(({ type }) => type)).toEqual(['VisitorCheckedIn', 'FactVoided']);
    expect(recorded(await voidFact(node, log.as(gateDevice), undo))).toMatchObject({ outcome: 'voided' });
  });

  it('and where its undo was refused, neither a copy of that nor the scan itself is led astray', async () => {
    const request = await typed(1);
    const undo = { kind: 'scan', id: idOf(1), shortCode: request.shortCode, reason: 'nhầm' } as const;
    const refused = () =>
      voidFact(unresolved, log.as(gateDevice), { ...undo, void: idOf(0xdd), occurredAt: eight + 1 });
    const [unresolved, node] = [resolving(undefined, { misses: 9 }), resolving(pass, { misses: 9 })];
    recorded(await closeFigures(log, log.as(), { closing: idOf(0xc1) }));
    log.clock.now += minute;
    expect(await refused()).toEqual({ kind: 'refused', reason: 'fair-closed' });
    recorded(await reopenFigures(log, log.as(), { reopening: idOf(0xc2), reason: 'bổ sung' }));
    expect(await refused()).toEqual({ kind: 'refused', reason: 'fair-closed' });
    expect(recorded(await recordScan(node, log.as(gateDevice), request))).toMatchObject({ pass });
    const undone = await voidFact(node, log.as(gateDevice), { ...undo, void: idOf(0xde), occurredAt: eight });
    expect(recorded(undone)).toMatchObject({ outcome: 'voided' });
  });
});
