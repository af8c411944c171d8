import * as fc from 'fast-check';
import { ApplicationForm, exhibitorKinds } from '../../../events/application.ts';
import { exhibitorsMax, type Made, made, named } from './names.ts';

const steps = [
  'submitted',
  'declined',
  'approved',
  'waitlisted',
  'granted',
  'confirmed',
  'taken-over',
  'absent',
  'withdrawn',
  'cancelled',
  'closed',
  'settled',
] as const;
type Step = (typeof steps)[number];

const ways: readonly (readonly Step[])[] = [
  ['submitted', 'approved', 'granted', 'confirmed', 'taken-over'],
  ['submitted', 'approved', 'granted', 'taken-over', 'closed', 'settled'],
  ['submitted', 'approved', 'granted', 'taken-over', 'cancelled'],
  ['submitted', 'approved', 'granted', 'absent'],
  ['submitted', 'approved', 'granted', 'absent', 'approved'],
  ['submitted', 'declined'],
  ['submitted', 'declined', 'approved', 'granted', 'taken-over'],
  ['submitted', 'approved', 'withdrawn'],
  ['submitted'],
  ['submitted', 'waitlisted'],
  ['submitted', 'waitlisted', 'approved', 'granted', 'taken-over'],
];

/** Those of one kind are one organisation: publishers one, the book trade's other two kinds its branch. */
const taxCodes: ReadonlyMap<string, string> = new Map([
  ['publisher', '0100110687'],
  ['distributor', '0100110687001'],
  ['bookshop', '0100110687-001'],
]);

export const applications = fc
  .tuple(
    ...Array.from({ length: exhibitorsMax }, () =>
      fc.record({
        way: fc.constantFrom(...ways),
        kind: fc.constantFrom(...exhibitorKinds),
        province: fc.constantFrom('24', '01'),
      }),
    ),
  )
  .map((all) =>
    all.flatMap(({ way, kind, province }, number) => {
      const application = named('exhibitor', number);
      const form = ApplicationForm.parse({
        name: `Nhà xuất bản ${number}`,
        shortName: `NXB ${number}`,
        kind,
        province,
        taxCode: taxCodes.get(kind),
        boothType: 'standard',
        boothsWanted: 1,
        commitments: { version: '2026-01' },
      });
      return way.map((step, index) => stepOf(step, { application, form, number: number * 100 + index }));
    }),
  );

function stepOf(
  step: Step,
  { application, form, number }: { application: string; form: ApplicationForm; number: number },
): Made {
  const stream = `application-${application}`;
  const review = { application, review: named('other', 1000 + number) };
  const taken = { application, step: named('other', 1000 + number) };
  switch (step) {
    case 'submitted':
      return made(stream, 'ApplicationSubmitted', { application, form, representative: null });
    case 'declined':
      return made(stream, 'ApplicationDeclined', { ...review, reason: 'thiếu giấy phép' });
    case 'approved':
      return made(stream, 'ApplicationApproved', review);
    case 'waitlisted':
      return made(stream, 'ApplicationWaitlisted', review);
    case 'granted':
      return made(stream, 'BoothGranted', { application, assignment: named('other', 2000 + number), booth: 'B1' });
    case 'confirmed':
      return made(stream, 'ParticipationConfirmed', taken);
    case 'taken-over':
      return made(stream, 'BoothTakenOver', taken);
    case 'absent':
      return made(stream, 'ExhibitorAbsent', taken);
    case 'withdrawn':
      return made(stream, 'ApplicationWithdrawn', taken);
    case 'cancelled':
      return made(stream, 'ApplicationCancelled', { ...taken, reason: 'vi phạm cam kết' });
    case 'closed':
      return made(stream, 'ParticipationClosed', taken);
    case 'settled':
      return made(stream, 'ParticipationSettled', taken);
  }
}

export const booths = fc
  .array(fc.array(fc.nat(exhibitorsMax - 1), { maxLength: 2 }), { minLength: 3, maxLength: 3 })
  .map((all) =>
    all.flatMap((holders, number) => {
      const booth = `B${number}`;
      const stream = `booth-${booth}`;
      const plan = { site: 'A', type: 'standard' as const, column: number, row: 0, width: 1, height: 1 };
      const assignments = holders.flatMap((holder, index) => {
        const about = {
          booth,
          exhibitor: named('exhibitor', holder),
          assignment: named('other', 3000 + number * 10 + index),
        };
        const release = { ...about, release: named('other', 4000 + number * 10 + index), reason: 'đổi chỗ' };
        const isLast = index === holders.length - 1;
        return [made(stream, 'BoothAssigned', about), ...(isLast ? [] : [made(stream, 'BoothReleased', release)])];
      });
      return [made(stream, 'BoothPlanned', { booth, plan }), ...assignments];
    }),
  );
