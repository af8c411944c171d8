import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicationRefusals, type ApplicationStatus, applicationStatuses } from '../../events/application.ts';
import {
  type ApplicationFact,
  boothsHeld,
  evolveApplication,
  followApplication,
  grantBooth,
  mayHoldBooth,
  takeBoothBack,
  unknownApplication,
} from '../../src/domain/application.ts';
import {
  application,
  applicationAfter,
  applicationAt,
  approved,
  form,
  granted,
  representative,
  submitted,
} from '../support/application-facts.ts';
import { closedFair, eightOClock, fact, idOf, minute, runningFair } from '../support/facts.ts';

const step = { application, step: idOf(0x99) };
const review = { application, review: idOf(0x98) };
const reason = 'theo thông báo';

/** Every fact an exhibitor's way may take, and the only states it may follow (domain §4). */
const way: readonly {
  fact: ApplicationFact;
  from: readonly (ApplicationStatus | 'unknown')[];
  to: ApplicationStatus;
}[] = [
  {
    fact: { type: 'ApplicationDrafted', data: { application, form, representative } },
    from: ['unknown', 'draft'],
    to: 'draft',
  },
  {
    fact: { type: 'ApplicationSubmitted', data: { application, form, representative } },
    from: ['unknown', 'draft'],
    to: 'submitted',
  },
  {
    fact: { type: 'ApplicationResubmitted', data: { ...step, form, representative } },
    from: ['changes-requested'],
    to: 'resubmitted',
  },
  {
    fact: { type: 'ChangesRequested', data: { ...review, reason } },
    from: ['submitted', 'resubmitted'],
    to: 'changes-requested',
  },
  {
    fact: { type: 'ApplicationApproved', data: review },
    from: ['submitted', 'resubmitted', 'waitlisted', 'declined', 'absent'],
    to: 'approved',
  },
  {
    fact: { type: 'ApplicationDeclined', data: { ...review, reason } },
    from: ['submitted', 'resubmitted', 'changes-requested', 'waitlisted'],
    to: 'declined',
  },
  { fact: { type: 'ApplicationWaitlisted', data: review }, from: ['submitted', 'resubmitted'], to: 'waitlisted' },
  { fact: { type: 'ParticipationConfirmed', data: step }, from: ['assigned'], to: 'confirmed' },
  { fact: { type: 'BoothTakenOver', data: step }, from: ['assigned', 'confirmed'], to: 'present' },
  {
    fact: { type: 'ExhibitorAbsent', data: step },
    from: ['approved', 'assigned', 'confirmed', 'present'],
    to: 'absent',
  },
  {
    fact: { type: 'ApplicationWithdrawn', data: step },
    from: ['draft', 'submitted', 'changes-requested', 'resubmitted', 'approved', 'waitlisted', 'assigned', 'confirmed'],
    to: 'withdrawn',
  },
  {
    fact: { type: 'ApplicationCancelled', data: { ...step, reason } },
    from: [
      'submitted',
      'changes-requested',
      'resubmitted',
      'approved',
      'waitlisted',
      'assigned',
      'confirmed',
      'present',
    ],
    to: 'cancelled',
  },
  { fact: { type: 'ParticipationClosed', data: step }, from: ['present'], to: 'closed' },
  { fact: { type: 'ParticipationSettled', data: step }, from: ['closed'], to: 'settled' },
];

const now = { fair: runningFair, occurredAt: eightOClock };

describe('an exhibitor’s way', () => {
  it.for(way)('$fact.type follows only what it may, and leads to $to', ({ fact: next, from, to }) => {
    const reached = new Set<string>();
    for (const status of ['unknown', ...applicationStatuses] as const) {
      const before = status === 'unknown' ? unknownApplication : applicationAt(status);
      const refused = status === 'unknown' ? { missed: 'not-found' } : { refused: `application-is-${status}` };
      const decided = followApplication(before, next, now);
      expect({ status, decided }).toEqual({ status, decided: from.includes(status) ? next : refused });
      if (from.includes(status)) reached.add(evolveApplication(before, fact(next.type, next.data)).status);
    }
    expect([...reached]).toEqual([to]);
  });

  it('has a way to every state, and a reason for each to refuse', () => {
    for (const status of applicationStatuses) {
      expect(applicationAt(status).status).toBe(status);
      expect(applicationRefusals).toContain(`application-is-${status}`);
    }
  });

  it('ends with the closing of the figures, but for what tidies up after the fair', () => {
    const late = { fair: closedFair, occurredAt: eightOClock + minute };
    for (const { fact: next, from } of way) {
      const [status = 'unknown'] = from;
      const decided = followApplication(status === 'unknown' ? unknownApplication : applicationAt(status), next, late);
      const tidies = next.type === 'ParticipationClosed' || next.type === 'ParticipationSettled';
      expect({ next, decided }).toEqual({ next, decided: tidies ? next : { refused: 'fair-closed' } });
    }
  });

  it('takes what occurred at the closing itself', () => {
    const [drafted] = way;
    if (!drafted) throw new Error('no way');
    expect(followApplication(unknownApplication, drafted.fact, { ...now, fair: closedFair })).toEqual(drafted.fact);
  });

  it('takes no submission that leaves nobody to ask', () => {
    const nobody: ApplicationFact = { type: 'ApplicationSubmitted', data: { application, form, representative: null } };
    expect(followApplication(applicationAt('draft'), nobody, now)).toMatchObject({ wrong: [{ field: 'contact' }] });
  });
});

describe('the booths of an application', () => {
  const grant = { application, assignment: idOf(0xa6), booth: 'B2' };
  const end = { application, release: idOf(0x61), assignment: idOf(0xa5), booth: 'A1' };
  const assigned = applicationAt('assigned');

  it('may be several', () => {
    const both = evolveApplication(assigned, fact('BoothGranted', grant));
    expect(both).toMatchObject({ status: 'assigned' });
    expect(both.status !== 'unknown' && boothsHeld(both).map(({ booth }) => booth)).toEqual(['A1', 'B2']);
  });

  it('are granted only while it may hold one', () => {
    for (const status of applicationStatuses) {
      const decided = grantBooth(applicationAt(status), grant);
      expect(decided).toEqual(
        mayHoldBooth(applicationAt(status))
          ? { type: 'BoothGranted', data: grant }
          : { refused: `application-is-${status}` },
      );
    }
    expect(grantBooth(unknownApplication, grant)).toEqual({ missed: 'not-found' });
  });

  it('are taken back in every state, and the last one makes an assigned or confirmed application approved again', () => {
    for (const status of applicationStatuses) expect(takeBoothBack(applicationAt(status), end)).toHaveProperty('type');
    expect(takeBoothBack(unknownApplication, end)).toEqual({ missed: 'not-found' });
    for (const status of ['assigned', 'confirmed'] as const)
      expect(evolveApplication(applicationAt(status), fact('BoothTakenBack', end)).status).toBe('approved');
    expect(evolveApplication(applicationAt('present'), fact('BoothTakenBack', end)).status).toBe('present');
  });

  it('are not granted by an assignment that is over already', () => {
    const over = applicationAfter(submitted, approved, fact('BoothTakenBack', end));
    expect(grantBooth(over, { ...grant, assignment: end.assignment })).toEqual({ refused: 'assignment-over' });
  });

  it('are the same whatever the order in which grants and ends arrive', () => {
    const grants = [1, 2, 3].map((number) =>
      fact('BoothGranted', { application, assignment: idOf(number), booth: `B${number}` }),
    );
    const ends = [1, 2].map((number) =>
      fact('BoothTakenBack', { application, release: idOf(number), assignment: idOf(number), booth: `B${number}` }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray([...grants, ...ends], { minLength: 5 }), (events) => {
        const after = applicationAfter(submitted, approved, ...events);
        expect(after.status !== 'unknown' && boothsHeld(after).map(({ booth }) => booth)).toEqual(['B3']);
        expect(after.status).toBe('assigned');
      }),
    );
  });

  it('stay with the form that was written again', () => {
    const after = evolveApplication(
      applicationAfter(submitted, approved, granted),
      fact('ApplicationResubmitted', { ...step, form: { ...form, staff: 9 }, representative }),
    );
    expect(after).toMatchObject({ form: { staff: 9 }, granted: [{ booth: 'A1' }] });
  });
});
