import type { ApplicationForm } from '../../events/application.ts';
import type { KnownApplication } from '../../src/domain/application.ts';
import type { Table } from '../table.ts';

/** One exhibitor's way. Kind and province are those of the form as it was last handed in. */
export type ApplicationRow = {
  fair: string;
  application: string;
  state: KnownApplication;
  status: KnownApplication['status'];
  /** Whose application it is, by its tax code; without one, the application itself is all that is known. */
  organisation: string;
  name: string;
  short_name: string;
  kind: ApplicationForm['kind'];
  province: string;
  /** Where it was first approved: from then on the organisation is registered. */
  approved_position: number | null;
  /** Where its booth was last taken over; an organisation is present as long as nothing later says otherwise. */
  taken_over_position: number | null;
};

/** Who has a booth; only the booth's own stream says so. */
export type BoothRow = {
  fair: string;
  booth: string;
  exhibitor: string | null;
  assigned_position: number | null;
};

export type ExhibitorsTables = { applications: ApplicationRow; booths: BoothRow };

export const applicationRows: Table<ApplicationRow> = {
  name: 'applications',
  columns: {
    fair: 'uuid',
    application: 'uuid',
    state: 'jsonb',
    status: 'text',
    organisation: 'text',
    name: 'text',
    short_name: 'text',
    kind: 'text',
    province: 'text',
    approved_position: 'bigint null',
    taken_over_position: 'bigint null',
  },
  key: ['fair', 'application'],
};

export const boothRows: Table<BoothRow> = {
  name: 'booths',
  columns: { fair: 'uuid', booth: 'text', exhibitor: 'uuid null', assigned_position: 'bigint null' },
  key: ['fair', 'booth'],
};
