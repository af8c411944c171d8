import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../events/envelope.ts';
import { acceptScan } from '../../src/commands/accept-scan.ts';
import { issueBatch } from '../../src/commands/issue-batch.ts';
import { issuePass } from '../../src/commands/issue-pass.ts';
import { recordScan } from '../../src/commands/record-scan.ts';
import { revokePass } from '../../src/commands/revoke-pass.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { eightOClock as eight, idOf } from '../support/facts.ts';
import { expectOnce, recorded } from '../support/fair-log.ts';
import { gateDevice, type GateLog, gateLog } from '../support/gate-log.ts';

let log: GateLog;
beforeEach(async () => {
  log = await gateLog();
});

describe('a pass', () => {
  it('is issued once, and printed alike every time', async () => {
    const issued = await expectOnce(log, (context, about) =>
      issuePass(log, context, { pass: idOf(1), category: 'staff', partySize: about ? 2 : 1 }),
    );
    expect(issued).toMatchObject({ outcome: 'issued', pass: idOf(1), category: 'staff', shortCode: 'code 0' });
    const scanned = await recordScan(log, log.as(gateDevice), {
      scan: idOf(2),
      token: issued.token,
      gate: 'G1',
      direction: 'in',
      occurredAt: log.clock.now,
    });
    expect(recorded(scanned)).toMatchObject({ outcome: 'admitted', category: 'staff' });
  });

  it('is revoked once', async () => {
    const revoked = await expectOnce(log, (context, about) =>
      revokePass(log, context, { pass: idOf(1), reason: about ? 'khác' : 'mất thẻ', occurredAt: eight }),
    );
    expect(revoked).toEqual({ outcome: 'revoked', pass: idOf(1) });
  });
});

describe('a batch of passes', () => {
  const batch = { batch: idOf(0xba), category: 'pupil', partySize: 1, count: 40 } as const;
  const facts = async () => (await log.store.head()) - 1;

  it('is issued once, whoever asks how often', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => issueBatch(log, log.as(), batch)));
    const [first] = answers.map(recorded);
    expect(answers.map(recorded)).toEqual([first, first, first]);
    expect(new Set(first?.passes.map(({ pass }) => pass)).size).toBe(40);
    expect(await facts()).toBe(40);
  });

  it('stands for no other content and no other caller, and then issues nothing', async () => {
    await issueBatch(log, log.as(), batch);
    const stranger = { role: 'organiser', id: idOf(0xbad) } as const;
    expect(await issueBatch(log, log.as(), { ...batch, count: 41 })).toEqual({ kind: 'id-already-used' });
    expect(await issueBatch(log, log.as(stranger), batch)).toEqual({ kind: 'id-already-used' });
    expect(await facts()).toBe(40);
  });

  it('that broke off is finished by its repeat', async () => {
    let appends = 0;
    const breaking: EventStore = {
      append: async (items) => {
        appends += 1;
        if (appends > 10) throw new Error('the database is away');
        return log.store.append(items);
      },
      load: (requests) => log.store.load(requests),
      read: (after, limit) => log.store.read(after, limit),
      follow: (after, limit) => log.store.follow(after, limit),
      readAt: (positions) => log.store.readAt(positions),
      head: () => log.store.head(),
      onAppend: (listener) => log.store.onAppend(listener),
      close: () => log.store.close(),
    };
    await expect(issueBatch(log.otherNode(breaking), log.as(), batch)).rejects.toThrow('the database is away');
    expect(await facts()).toBe(10);
    expect(recorded(await issueBatch(log, log.as(), batch)).passes).toHaveLength(40);
    expect(await facts()).toBe(40);
  });
});

describe('an unverified scan', () => {
  it('is accepted once', async () => {
    const shown = { decided: { outcome: 'admitted' }, gate: 'G1', direction: 'in', occurredAt: eight } as const;
    recorded(await recordScan(log, log.as(gateDevice), { scan: idOf(1), shortCode: '22222222', ...shown }));
    const accept = (actor?: Actor) => acceptScan(log, log.as(actor), { scan: idOf(1), pass: null });
    const answers = (await Promise.all([accept(), accept(), accept()])).map(recorded);
    expect(answers).toEqual(Array.from(answers, () => ({ outcome: 'accepted', scan: idOf(1) })));
    expect(await accept({ role: 'organiser', id: idOf(0xbad) })).toEqual({ kind: 'id-already-used' });
    expect(await log.store.head()).toBe(3);
  });
});
