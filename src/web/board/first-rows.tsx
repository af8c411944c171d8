import type { Child } from 'hono/jsx';
import { formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';

type FirstRowsProps<Row> = {
  readonly rows: readonly Row[];
  readonly id: string;
  readonly language: Language;
  readonly list: (rows: readonly Row[]) => Child;
};

/** Rows a reader takes in at a glance; a national fair has thousands of gates. */
const ROWS_AT_ONCE = 8;

/** The first rows of a list, and the rest behind a disclosure; a list one row too long is shown whole. */
export function FirstRows<Row>({ rows, id, language, list }: FirstRowsProps<Row>) {
  const shown = rows.length <= ROWS_AT_ONCE + 1 ? rows.length : ROWS_AT_ONCE;
  const rest = rows.slice(shown);
  if (rows.length === 0) return null;
  return (
    <>
      {list(rows.slice(0, shown))}
      {rest.length === 0 ? null : (
        <details class="behind" id={id}>
          <summary>{messagesIn(language).board.more(formatNumber(rest.length, language))}</summary>
          {list(rest)}
        </details>
      )}
    </>
  );
}
