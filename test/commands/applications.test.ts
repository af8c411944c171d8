import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../events/envelope.ts';
import { loadApplication } from '../../src/commands/applications.ts';
import { apply, type NewApplication } from '../../src/commands/apply.ts';
import type { CommandContext } from '../../src/commands/command.ts';
import type { WithVault } from '../../src/commands/contacts.ts';
import { readApplication } from '../../src/commands/read-application.ts';
import { reviewApplication } from '../../src/commands/review-application.ts';
import { type ApplicationStep, stepApplication } from '../../src/commands/step-application.ts';
import { keyringOf } from '../../src/keys/keyring.ts';
import { Vault } from '../../src/vault/vault.ts';
import { form } from '../support/application-facts.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { fairId, idOf } from '../support/facts.ts';
import { expectOnce, type FairLog, fairLog, recorded } from '../support/fair-log.ts';

const application = idOf(0xe1);
const applicant: Actor = { role: 'application-link', id: application };
const contact = {
  name: 'Nguyễn Thị Trưởng Phòng',
  phone: '+84912345678',
  consents: [{ purpose: 'application' as const, version: '2026-01' }],
};
const submission: NewApplication = { application, as: 'submitted', form, contact };

let database: FreshDatabase;
let vault: Vault;
let log: FairLog & WithVault;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.deleteFrom('contacts').execute();
  vault = new Vault(database.db, keyringOf(Buffer.alloc(32, 7)), () => log.clock.now);
  log = { ...(await fairLog()), vault };
});

const step = (next: ApplicationStep, context: CommandContext = log.as()) => stepApplication(log, context, next);
const contactsKept = async () => (await database.db.selectFrom('contacts').select('reference').execute()).length;

describe('an application', () => {
  it('is submitted once, its contact kept beside the log', async () => {
    const answer = await expectOnce(
      log,
      (context, about) => apply(log, context, about ? { ...submission, form: { ...form, staff: 9 } } : submission),
      applicant,
    );
    expect(answer).toEqual({ outcome: 'recorded', status: 'submitted' });
    const known = await loadApplication(log, fairId, application);
    if (known.status === 'unknown' || known.representative === null) throw new Error('not submitted');
    expect(await vault.get(fairId, known.representative)).toEqual(contact);
    const written = JSON.stringify(await log.store.read(0, 100));
    expect(written).not.toContain('Nguyễn');
    expect(written).not.toContain('912345678');
  });

  it('is something else with another contact, and the first one stays', async () => {
    recorded(await apply(log, log.as(applicant), submission));
    const other = { ...submission, contact: { ...contact, phone: '+84987654321' } };
    expect(await apply(log, log.as(applicant), other)).toEqual({ kind: 'id-already-used' });
    expect(await apply(log, log.as(applicant), { ...submission, contact: undefined })).toEqual({
      kind: 'id-already-used',
    });
    expect(await contactsKept()).toBe(1);
  });

  it('stays answered after its contact was erased, which no repeat brings back', async () => {
    const first = recorded(await apply(log, log.as(applicant), submission));
    const known = await loadApplication(log, fairId, application);
    if (known.status === 'unknown' || known.representative === null) throw new Error('not submitted');
    await vault.erase(fairId, known.representative);
    expect(recorded(await apply(log, log.as(applicant), submission))).toEqual(first);
    expect(await vault.get(fairId, known.representative)).toBeUndefined();
  });

  it('keeps no contact where it is refused', async () => {
    await log.close();
    expect(await apply(log, log.as(applicant), submission)).toEqual({ kind: 'refused', reason: 'fair-closed' });
    const elsewhere = { ...log.as(applicant), fair: idOf(0xfb) };
    expect(await apply(log, elsewhere, submission)).toEqual({ kind: 'not-found' });
    expect(await contactsKept()).toBe(0);
  });

  it('keeps no contact that comes with an id used without one', async () => {
    const draft = { ...submission, as: 'draft' as const, contact: undefined };
    const used = { kind: 'id-already-used' };
    recorded(await apply(log, log.as(applicant), draft));
    expect(await apply(log, log.as(applicant), { ...draft, contact })).toEqual(used);
    recorded(await step({ application, id: idOf(1), step: 'drafted', form }, log.as(applicant)));
    const other = { ...draft, application: idOf(0xe2) };
    recorded(await apply(log, log.as(applicant), other));
    const elsewhere = { application: other.application, id: idOf(1), step: 'drafted' as const, form, contact };
    expect(await step(elsewhere, log.as(applicant))).toEqual(used);
    expect(await contactsKept()).toBe(0);
  });

  it.for([
    ['without a contact', { contact: undefined }, 0],
    ['with the same one', { form: { ...form, staff: 9 } }, 1],
  ] as const)('that loses its id to another %s keeps what that one refers to', async ([, differently, kept]) => {
    const draft = { ...submission, as: 'draft' as const };
    const overtaken = {
      put: async (entry: Parameters<Vault['put']>[0]) => {
        const own = await vault.put(entry);
        recorded(await apply(log, log.as(applicant), { ...draft, ...differently }));
        return own;
      },
      takeBack: (fair: string, reference: string) => vault.takeBack(fair, reference),
    };
    expect(await apply({ ...log, vault: overtaken }, log.as(applicant), draft)).toEqual({ kind: 'id-already-used' });
    expect(await contactsKept()).toBe(kept);
  });

  it('needs a contact to be submitted, and may be a draft without one', async () => {
    const nobody = { ...submission, contact: undefined };
    expect(await apply(log, log.as(applicant), nobody)).toMatchObject({
      kind: 'wrong',
      fields: [{ field: 'contact' }],
    });
    recorded(await apply(log, log.as(applicant), { ...nobody, as: 'draft' }));
    const again = { application, id: idOf(1), step: 'drafted' as const, form: { ...form, staff: 3 } };
    expect(recorded(await step(again, log.as(applicant)))).toEqual({ outcome: 'recorded', status: 'draft' });
    const submitted = { application, id: idOf(2), step: 'submitted' as const, form, contact };
    const answer = await expectOnce(
      log,
      (context, about) => step(about ? { ...submitted, form: { ...form, staff: 9 } } : submitted, context),
      applicant,
    );
    expect(answer).toEqual({ outcome: 'recorded', status: 'submitted' });
  });

  it('keeps the contact it has where a later form brings none', async () => {
    recorded(await apply(log, log.as(applicant), submission));
    recorded(
      await reviewApplication(log, log.as(), {
        application,
        review: idOf(1),
        decision: 'request-changes',
        reason: 'thiếu giấy phép',
      }),
    );
    const known = await loadApplication(log, fairId, application);
    recorded(
      await step(
        { application, id: idOf(2), step: 'resubmitted', form: { ...form, licence: 'GP-12' } },
        log.as(applicant),
      ),
    );
    expect(await loadApplication(log, fairId, application)).toMatchObject({
      status: 'resubmitted',
      form: { licence: 'GP-12' },
      representative: known.status === 'unknown' ? null : known.representative,
    });
  });
});

describe('a review', () => {
  it.for([
    [{ decision: 'approve' }, 'approved'],
    [{ decision: 'decline', reason: 'ngoài phạm vi' }, 'declined'],
    [{ decision: 'request-changes', reason: 'thiếu giấy phép' }, 'changes-requested'],
    [{ decision: 'waitlist' }, 'waitlisted'],
  ] as const)('is said once: %o', async ([decided, status]) => {
    recorded(await apply(log, log.as(applicant), submission));
    const answer = await expectOnce(log, (context, about) =>
      reviewApplication(log, context, {
        application,
        review: idOf(1),
        ...(about ? { decision: 'waitlist', reason: 'đủ gian' } : decided),
      }),
    );
    expect(answer).toEqual({ outcome: 'recorded', status });
  });

  it('of what is not there finds nothing', async () => {
    const review = { application, review: idOf(1), decision: 'approve' as const };
    expect(await reviewApplication(log, log.as(), review)).toEqual({ kind: 'not-found' });
  });

  it('is one of two that contradict each other at once', async () => {
    recorded(await apply(log, log.as(applicant), submission));
    const handled = await Promise.all([
      reviewApplication(log, log.as(), { application, review: idOf(1), decision: 'approve' }),
      reviewApplication(log, log.as(), { application, review: idOf(2), decision: 'waitlist' }),
    ]);
    expect(handled.map(({ kind }) => kind).toSorted()).toEqual(['recorded', 'refused']);
  });
});

describe('a step', () => {
  it.for([
    [{ step: 'withdrawn', reason: 'không thu xếp được' }, 'withdrawn'],
    [{ step: 'cancelled', reason: 'vi phạm cam kết' }, 'cancelled'],
    [{ step: 'absent' }, 'absent'],
  ] as const)('is taken once: %o', async ([taken, status]) => {
    recorded(await apply(log, log.as(applicant), submission));
    recorded(await reviewApplication(log, log.as(), { application, review: idOf(1), decision: 'approve' }));
    const answer = await expectOnce(log, (context, about) =>
      step({ application, id: idOf(2), ...(about ? { step: 'settled' } : taken) }, context),
    );
    expect(answer).toEqual({ outcome: 'recorded', status });
  });

  it('that may not follow is refused and changes nothing', async () => {
    recorded(await apply(log, log.as(applicant), submission));
    for (const [at, next] of (['confirmed', 'present', 'absent', 'closed', 'settled'] as const).entries()) {
      const handled = await step({ application, id: idOf(2 + at), step: next });
      expect(handled).toEqual({ kind: 'refused', reason: 'application-is-submitted' });
    }
    const read = await readApplication(log, fairId, application);
    expect(read).toMatchObject({ status: 'submitted', way: [{ what: 'submitted' }] });
  });
});
