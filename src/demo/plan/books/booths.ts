import type { BoothPlan } from '../../../../events/booth.ts';
import { morning } from '../calendar.ts';
import { site } from '../fair-settings.ts';
import type { FixedIds } from '../fixed-ids.ts';
import type { Exhibitor } from './exhibitors.ts';

export type Booth = {
  readonly code: string;
  readonly plan: BoothPlan;
  /** What else it is than available when nobody gets it. */
  readonly kept: 'available' | 'reserved' | 'blocked';
  readonly assignment: { readonly id: string; readonly exhibitor: string } | null;
};

const rows = ['A', 'B', 'C', 'D'] as const;
const columns = 11;

/** Four rows of eleven booths, given out in order; the last ones stay free. */
export function planBooths(exhibitors: readonly Exhibitor[], ids: FixedIds): Booth[] {
  const takers = exhibitors.flatMap(({ id, booths }) => Array.from({ length: booths }, () => id));
  return rows.flatMap((row, rowNumber) =>
    Array.from({ length: columns }, (_, column): Booth => {
      const code = `${row}${String(column + 1).padStart(2, '0')}`;
      const index = rowNumber * columns + column;
      const exhibitor = takers[index];
      return {
        code,
        plan: {
          site,
          label: `Gian ${code}`,
          type: column === 0 ? 'corner' : 'standard',
          column: column * 3,
          row: rowNumber * 4,
          width: 3,
          height: 2,
        },
        kept:
          index === rows.length * columns - 1
            ? 'blocked'
            : index === rows.length * columns - 2
              ? 'reserved'
              : 'available',
        assignment: exhibitor === undefined ? null : { id: ids('assignment', code, morning), exhibitor },
      };
    }),
  );
}
