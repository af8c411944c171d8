import type { GroupDetails } from '../../../../events/group.ts';
import type { Chance, NonEmpty } from '../chance.ts';

type School = Pick<GroupDetails, 'school' | 'level'>;

const kinds: NonEmpty<readonly [title: string, level: GroupDetails['level']]> = [
  ['Trường Tiểu học', 'primary'],
  ['Trường THCS', 'lower-secondary'],
  ['Trường THPT', 'upper-secondary'],
  ['Trường Mầm non', 'preschool'],
];

/** Invented: flowers, birds and mornings, as schools are named everywhere. */
const names = [
  'Hoa Mai',
  'Hoa Sen',
  'Hoa Gạo',
  'Hoa Phượng',
  'Hoa Ban',
  'Hoa Cúc',
  'Hướng Dương',
  'Sao Mai',
  'Sao Khuê',
  'Ban Mai',
  'Bình Minh',
  'Ánh Dương',
  'Họa Mi',
  'Sơn Ca',
  'Vành Khuyên',
  'Bồ Câu',
  'Hải Âu',
  'Chim Én',
  'Tre Xanh',
  'Mạ Non',
] as const;

/** As many different invented schools as asked for, in an order of chance. */
export function inventSchools(count: number, chance: Chance): School[] {
  const rounds = Math.ceil(count / (kinds.length * names.length));
  const all = Array.from({ length: rounds }, (_, round) =>
    kinds.flatMap(([title, level]) =>
      names.map((name) => ({ school: `${title} ${name}${round === 0 ? '' : ` ${round + 1}`}`, level })),
    ),
  ).flat();
  return chance.shuffled(all).slice(0, count);
}
