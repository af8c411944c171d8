import { ApplicationForm, type ApplicationStatus } from '../../events/application.ts';
import type { FairEvent } from '../../events/catalogue.ts';
import { type Application, evolveApplication, unknownApplication } from '../../src/domain/application.ts';
import { fact, idOf } from './facts.ts';

export const application = idOf(0xe1);
export const representative = idOf(0xc0);

export const form = ApplicationForm.parse({
  name: 'Nhà xuất bản Kim Đồng',
  shortName: 'Kim Đồng',
  kind: 'publisher',
  taxCode: '0100110687',
  province: '01',
  boothType: 'standard',
  boothsWanted: 2,
  commitments: { version: '2026-01' },
});

const step = { application, step: idOf(0x51) };
const review = { application, review: idOf(0x7e) };

export const submitted = fact('ApplicationSubmitted', { application, form, representative });
export const approved = fact('ApplicationApproved', review);
export const granted = fact('BoothGranted', { application, assignment: idOf(0xa5), booth: 'A1' });
const confirmed = fact('ParticipationConfirmed', step);
const present = fact('BoothTakenOver', step);
const closed = fact('ParticipationClosed', step);
const wayToPresent = [submitted, approved, granted, confirmed, present];

/** One way to each state. */
const ways: { readonly [Status in ApplicationStatus]: readonly FairEvent[] } = {
  draft: [fact('ApplicationDrafted', { application, form, representative: null })],
  submitted: [submitted],
  'changes-requested': [submitted, fact('ChangesRequested', { ...review, reason: 'thiếu giấy phép' })],
  resubmitted: [
    submitted,
    fact('ChangesRequested', { ...review, reason: 'thiếu giấy phép' }),
    fact('ApplicationResubmitted', { application, form, representative, step: idOf(0x52) }),
  ],
  approved: [submitted, approved],
  waitlisted: [submitted, fact('ApplicationWaitlisted', review)],
  declined: [submitted, fact('ApplicationDeclined', { ...review, reason: 'ngoài phạm vi' })],
  assigned: [submitted, approved, granted],
  confirmed: [submitted, approved, granted, confirmed],
  present: wayToPresent,
  absent: [submitted, approved, granted, fact('ExhibitorAbsent', step)],
  closed: [...wayToPresent, closed],
  settled: [...wayToPresent, closed, fact('ParticipationSettled', step)],
  withdrawn: [submitted, fact('ApplicationWithdrawn', step)],
  cancelled: [submitted, fact('ApplicationCancelled', { ...step, reason: 'vi phạm cam kết' })],
};

export const applicationAfter = (...events: readonly FairEvent[]): Application =>
  events.reduce(evolveApplication, unknownApplication);

export const applicationAt = (status: ApplicationStatus): Application => applicationAfter(...ways[status]);
