import type { ApplicationForm } from '../../../../events/application.ts';
import { morning } from '../calendar.ts';
import type { Chance } from '../chance.ts';
import { hostProvince } from '../fair-settings.ts';
import type { FixedIds } from '../fixed-ids.ts';
import { type Outage, outage } from '../outages.ts';

/** How an applicant's way ends; whoever is not declined or waitlisted was approved once. */
export type Way = 'present' | 'absent' | 'withdrawn' | 'declined' | 'waitlisted';

/** An applicant (đơn vị); its id is the id of its application. */
export type Exhibitor = {
  readonly id: string;
  readonly form: ApplicationForm;
  readonly way: Way;
  /** The reviewer asked for changes before approving. */
  readonly review: 'at-once' | 'after-changes';
  /** Booths it gets; 0 for whoever gets none. */
  readonly booths: number;
  readonly skewSeconds: number;
  readonly outages: readonly Outage[];
};

type Applicant = readonly [short: string, province: string, booths: number, way?: Way];
type Kind = {
  readonly kind: ApplicationForm['kind'];
  readonly title: string;
  readonly applicants: readonly Applicant[];
};

/** Invented, all of them; in the province and out of it. The booths of those present are forty. */
const kinds: readonly Kind[] = [
  {
    kind: 'publisher',
    title: 'Nhà xuất bản',
    applicants: [
      ['Thuyền Giấy', '01', 3],
      ['Đèn Biển', '31', 2],
      ['Hạt Thóc', '01', 3],
      ['Gió Đồng', hostProvince, 2],
      ['Bến Nước', '79', 2],
      ['Giếng Làng', '01', 2],
      ['Lũy Tre', hostProvince, 1],
      ['Mái Đình', '01', 2],
      ['Sương Sớm', '48', 1],
      ['Đá Cuội', '38', 1],
      ['Ngõ Gạch', '01', 2],
      ['Chum Sành', hostProvince, 1],
    ],
  },
  {
    kind: 'distributor',
    title: 'Công ty Phát hành sách',
    applicants: [
      ['Ngũ Cung', '01', 3],
      ['Ba Sông', hostProvince, 4],
      ['Vạn Dặm', '79', 2],
      ['Cầu Gạch', '30', 1],
      ['Bậc Thềm', hostProvince, 2],
      ['Dặm Xa', '22', 1, 'absent'],
    ],
  },
  {
    kind: 'bookshop',
    title: 'Nhà sách',
    applicants: [
      ['Góc Sân', hostProvince, 2],
      ['Bốn Mùa', hostProvince, 1],
      ['Lá Sen', '24', 1],
      ['Con Chữ', hostProvince, 1],
      ['Hiên Nhà', '01', 1],
      ['Bút Chì', hostProvince, 1, 'withdrawn'],
    ],
  },
  { kind: 'other', title: 'Cửa hàng quà tặng', applicants: [['Nắng Xiên', '01', 0, 'declined']] },
  { kind: 'library', title: 'Tủ sách lưu động', applicants: [['Hạt Mầm', hostProvince, 0, 'waitlisted']] },
];

/** Every fourth booth stands where the network is bad. */
const badNetwork = [outage([0, '08:30'], [0, '12:30']), outage([1, '15:00'], [2, '09:00'])];
const skews = [0, 95, -140, 0, 290, -8];

export function planExhibitors(chance: Chance, ids: FixedIds): Exhibitor[] {
  const applicants = kinds.flatMap(({ kind, title, applicants }) =>
    applicants.map((applicant) => ({ kind, title, applicant })),
  );
  return applicants.map(({ kind, title, applicant: [shortName, province, booths, way = 'present'] }, index) => ({
    id: ids('application', shortName, morning),
    form: {
      name: `${title} ${shortName}`,
      shortName,
      kind,
      taxCode: String(9_900_000_001 + index),
      licence: `${100 + index}/GP-2022`,
      province,
      boothType: 'standard',
      boothsWanted: Math.max(1, booths),
      powerWatts: 500 * Math.max(1, booths),
      staff: 2 * Math.max(1, booths),
      activities: chance.happens(0.3) ? 'Giao lưu tác giả, ký tặng sách' : '',
      commitments: { version: '2022-03' },
    },
    way,
    review: chance.happens(0.15) ? 'after-changes' : 'at-once',
    booths,
    skewSeconds: skews[index % skews.length] ?? 0,
    outages: index % 4 === 1 ? badNetwork : [],
  }));
}

/** Whether its catalogue counts: it is neither declined, withdrawn nor absent (metric dictionary, “copies”). */
export const counts = ({ way }: Exhibitor): boolean => way === 'present';

export const wasApproved = ({ way }: Exhibitor): boolean => way !== 'declined' && way !== 'waitlisted';
