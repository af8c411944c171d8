import { expect, it } from 'vitest';
import { digestOf } from '../../src/commands/digest.ts';
import { recordScan } from '../../src/commands/record-scan.ts';
import { voidFact } from '../../src/commands/void-fact.ts';
import { eightOClock as eight, idOf } from '../support/facts.ts';
import { expectOnce } from '../support/fair-log.ts';
import { gateDevice, gateLog } from '../support/gate-log.ts';

const asked = { scan: idOf(1), gate: 'G1', direction: 'in', occurredAt: eight } as const;

it.for([{ token: 'Nguyễn Thị A, 0912345678' }, { shortCode: '0912345678' }])(
  'what was shown instead of a pass is in no plain digest, and told apart all the same: %o',
  async (code) => {
    const log = await gateLog();
    const digestAtHead = async () => (await log.store.readAt([await log.store.head()]))[0]?.meta.digest;
    const other = 'token' in code ? { token: 'khác' } : { shortCode: 'khác' };
    await expectOnce(
      log,
      (context, about) => recordScan(log, context, { ...asked, ...(about ? other : code) }),
      gateDevice,
    );
    expect(await digestAtHead()).not.toBe(digestOf(gateDevice, 'scan', { ...asked, ...code }));

    const undo = { void: idOf(2), kind: 'scan', id: idOf(1), reason: 'nhầm', occurredAt: eight } as const;
    await expectOnce(
      log,
      (context, about) => voidFact(log, context, { ...undo, ...(about ? other : code) }),
      gateDevice,
    );
    expect(await digestAtHead()).not.toBe(digestOf(gateDevice, 'void', { ...undo, ...code }));
  },
);
