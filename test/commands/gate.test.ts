import { beforeEach, describe, expect, it } from 'vitest';
import { changeGroup } from '../../src/commands/change-group.ts';
import { closeFigures } from '../../src/commands/close-figures.ts';
import { countWalkIns } from '../../src/commands/count-walk-ins.ts';
import { enrolDevice } from '../../src/commands/enrol-device.ts';
import { grantAudit } from '../../src/commands/grant-audit.ts';
import { moveDevice } from '../../src/commands/move-device.ts';
import { recordArrival } from '../../src/commands/record-arrival.ts';
import { recordCorrection } from '../../src/commands/record-correction.ts';
import { registerDevice } from '../../src/commands/register-device.ts';
import { registerGroup } from '../../src/commands/register-group.ts';
import { reopenFigures } from '../../src/commands/reopen-figures.ts';
import { reviseFair } from '../../src/commands/revise-fair.ts';
import { revokeDevice } from '../../src/commands/revoke-device.ts';
import { voidFact } from '../../src/commands/void-fact.ts';
import { eightOClock as eight, idOf, minute } from '../support/facts.ts';
import { expectOnce, recorded } from '../support/fair-log.ts';
import { gateDevice, type GateLog, gateLog, gateSettings } from '../support/gate-log.ts';

const details = {
  school: 'THCS Suối Hoa',
  level: 'lower-secondary',
  classes: 2,
  persons: 80,
  day: '2026-04-21',
  site: 'A',
  slot: '08:30',
} as const;
const [group, device] = [idOf(0x90), gateDevice.id];

let log: GateLog;
beforeEach(async () => {
  log = await gateLog();
});

/** A vault that nothing is put into. */
const vault = { put: async () => 'kept' as const, takeBack: async () => {} };

describe('written once, whoever sends it how often', () => {
  it('a press of the counter', async () => {
    const counted = await expectOnce(
      log,
      (context, about) =>
        countWalkIns(log, context, {
          count: idOf(1),
          gate: 'G1',
          direction: 'in',
          category: 'individual',
          persons: about ? 10 : 5,
          occurredAt: eight,
          sentAt: context.now,
        }),
      gateDevice,
    );
    expect(counted).toMatchObject({ outcome: 'counted', persons: 5 });
  });

  it('a group, its change and its arrival', async () => {
    await expectOnce(log, (context, about) =>
      registerGroup({ ...log, vault }, context, { group, details: { ...details, persons: about ? 81 : 80 } }),
    );
    await expectOnce(log, (context, about) =>
      changeGroup(log, context, { group, change: idOf(2), details: { ...details, persons: about ? 60 : 61 } }),
    );
    const arrival = { group, arrival: idOf(3), gate: 'G1', occurredAt: eight };
    const arrived = await expectOnce(
      log,
      (context, about) => recordArrival(log, context, { ...arrival, persons: about ? 58 : 59 }),
      gateDevice,
    );
    expect(arrived).toMatchObject({ outcome: 'arrived', persons: 59 });
  });

  it('a device, its enrolment, its move and its revocation', async () => {
    await expectOnce(log, (context, about) =>
      registerDevice(log, context, { device, label: about ? 'Máy 2' : 'Máy 1', gate: 'G1' }),
    );
    const enrol = () => enrolDevice(log, log.as(gateDevice), { enrolment: idOf(2), device });
    expect([recorded(await enrol()), recorded(await enrol())]).toEqual(
      Array.from({ length: 2 }, () => ({ outcome: 'enrolled', device })),
    );
    await expectOnce(log, (context, about) =>
      moveDevice(log, context, { device, change: idOf(3), gate: about ? 'G1' : 'G2' }),
    );
    await expectOnce(log, (context, about) =>
      revokeDevice(log, context, { device, reason: about ? 'khác' : 'mất máy' }),
    );
  });

  it('a revision, a correction, a closing, a reopening and a grant', async () => {
    await expectOnce(log, (context, about) =>
      reviseFair(log, context, {
        revision: idOf(1),
        settings: { ...gateSettings, name: { vi: about ? 'Khác' : 'Mới' } },
        basedOn: 1,
      }),
    );
    const correction = {
      correction: idOf(2),
      gate: 'G1',
      day: '2026-04-21',
      category: 'pupil',
      reason: 'trùng',
    } as const;
    await expectOnce(log, (context, about) =>
      recordCorrection(log, context, { ...correction, persons: about ? -2 : -3, occurredAt: eight }),
    );
    await expectOnce(log, (context, about) =>
      closeFigures(log, context, { closing: idOf(3), note: about ? 'b' : 'a' }),
    );
    await expectOnce(log, (context, about) =>
      reopenFigures(log, context, { reopening: idOf(4), reason: about ? 'b' : 'a' }),
    );
    const granted = await expectOnce(log, (context, about) =>
      grantAudit(log, context, { grant: idOf(5), expiresAt: eight + 86_400_000, reason: about ? 'b' : 'a' }),
    );
    expect(granted).toMatchObject({ outcome: 'granted' });
  });

  it('an undo', async () => {
    const undo = { kind: 'walk-in', void: idOf(1), id: idOf(2), occurredAt: eight } as const;
    const undone = await expectOnce(log, (context, about) =>
      voidFact(log, context, { ...undo, reason: about ? 'khác' : 'nhầm' }),
    );
    expect(undone).toEqual({ outcome: 'pending', kind: 'walk-in', id: idOf(2) });
  });
});

describe('a delayed repeat of an old change', () => {
  it('changes nothing', async () => {
    await registerDevice(log, log.as(), { device, label: 'Máy 1', gate: 'G1' });
    const away = () => moveDevice(log, log.as(), { device, change: idOf(1), gate: 'G2' });
    await away();
    await moveDevice(log, log.as(), { device, change: idOf(2), gate: 'G1' });
    const before = await log.store.head();
    expect(recorded(await away())).toMatchObject({ gate: 'G2' });
    expect(await log.store.head()).toBe(before);
  });
});

describe('two who revise a fair at once', () => {
  it('do not write over each other', async () => {
    const revise = (number: number, node: GateLog) =>
      reviseFair(node, node.as(), { revision: idOf(number), settings: gateSettings, basedOn: 1 });
    const kinds = (await Promise.all([revise(1, log), revise(2, log.otherNode())])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['recorded', 'stale-revision']);
  });
});

describe('a closing while gates scan', () => {
  it('parts what occurred before from what occurred after, whatever arrives when', async () => {
    const count = (number: number, occurredAt: number) =>
      countWalkIns(log, log.as(gateDevice), {
        count: idOf(number),
        gate: 'G1',
        direction: 'in',
        category: 'individual',
        persons: 1,
        occurredAt,
      });
    await closeFigures(log, log.as(), { closing: idOf(1) });
    log.clock.now += minute;
    expect(await count(2, eight)).toMatchObject({ kind: 'recorded' });
    expect(await count(3, eight + 1)).toEqual({ kind: 'refused', reason: 'fair-closed' });
    await reopenFigures(log, log.as(), { reopening: idOf(4), reason: 'bổ sung' });
    expect(await count(3, eight + 1)).toEqual({ kind: 'refused', reason: 'fair-closed' });
    expect(await count(5, eight + 1)).toMatchObject({ kind: 'recorded', repeated: false });
  });
});
