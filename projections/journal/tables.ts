import { pagesTable } from '../page-table.ts';
import type { Table } from '../table.ts';

/** Whether a fair's figures are closed where the journal stands: the position of the closing, else null. */
export type JournalFair = { fair: string; closed: number | null };

/** Entries have no amounts: what one says is in its kind (`queries/entries.ts`). */
export const journalPages = pagesTable('journal_pages', { doubles: 0, integers: 0 });

export const journalFairs: Table<JournalFair> = {
  name: 'journal_fairs',
  columns: { fair: 'uuid', closed: 'bigint null' },
  key: ['fair'],
  emptyWhen: 'closed is null',
};
