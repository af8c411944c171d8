import type { KnownApplication } from '../../src/domain/application.ts';
import type { AssignedBooth, FreeBooth } from '../../src/domain/booth.ts';
import type { Table } from '../table.ts';

/** One application where it stands now, the fair's closing or not. */
export type DeskApplication = {
  fair: string;
  application: string;
  /** Where it began: the order of the queue. */
  first_position: number;
  status: KnownApplication['status'];
  state: KnownApplication;
  /** When its way last went on, in ms since 1970. */
  changed_at: number;
};

/** One booth as its stream says. */
export type DeskBooth = { fair: string; booth: string; state: FreeBooth | AssignedBooth };

export type DeskTables = { desk_applications: DeskApplication; desk_booths: DeskBooth };

export const deskApplications: Table<DeskApplication> = {
  name: 'desk_applications',
  columns: {
    fair: 'uuid',
    application: 'uuid',
    first_position: 'bigint',
    status: 'text',
    state: 'jsonb',
    changed_at: 'bigint',
  },
  key: ['fair', 'application'],
  // The queue is worked through from its beginning, page by page.
  indexes: ['(fair, first_position)'],
};

export const deskBooths: Table<DeskBooth> = {
  name: 'desk_booths',
  columns: { fair: 'uuid', booth: 'text', state: 'jsonb' },
  key: ['fair', 'booth'],
};
