import type { FairSettings } from '../../events/fair.ts';
import type { OpenFair } from '../../src/domain/fair.ts';
import type { Table } from '../table.ts';

/** Every fair as it is now, its closing included; figures that a closing freezes are counted elsewhere. */
export type FairRow = {
  fair: string;
  state: OpenFair;
  settings: FairSettings;
  first_day: string;
  last_day: string;
  created_position: number;
  /** The closing by which the figures are final; null while they are provisional. */
  closed_position: number | null;
  closed_at: number | null;
};

export type FairsTables = { fairs: FairRow };

export const fairRows: Table<FairRow> = {
  name: 'fairs',
  columns: {
    fair: 'uuid',
    state: 'jsonb',
    settings: 'jsonb',
    first_day: 'date',
    last_day: 'date',
    created_position: 'bigint',
    closed_position: 'bigint null',
    closed_at: 'bigint null',
  },
  key: ['fair'],
};
