import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { decodePage } from '../../page-table.ts';
import { journalPages } from '../tables.ts';

/** What the journal says of an event. */
export type Saying =
  /** Few of a fair are such, and who looks back reads them again from the log. */
  | { readonly kind: 'decided' }
  /** What was told of a group. */
  | { readonly kind: 'group'; readonly group: string; readonly classes: number; readonly school: string }
  | { readonly kind: 'arrival'; readonly group: string }
  /** It came after the closing of the figures. */
  | { readonly kind: 'held'; readonly type: string }
  /** With it a stream has more facts than are judged one by one. */
  | { readonly kind: 'crowded'; readonly stream: string };

/** One thing said of the event at a log position. `at` is when that happened, ms. */
export type Entry = Saying & { readonly position: number; readonly at: number };

/** In one text; what may have a tabulator in it is last. */
export function sayingText(saying: Saying): string {
  switch (saying.kind) {
    case 'decided':
      return saying.kind;
    case 'group':
      return [saying.kind, saying.group, saying.classes, saying.school].join('\t');
    case 'arrival':
      return [saying.kind, saying.group].join('\t');
    case 'held':
      return [saying.kind, saying.type].join('\t');
    case 'crowded':
      return [saying.kind, saying.stream].join('\t');
  }
}

function sayingIn(text: string): Saying {
  const [kind, ...words] = text.split('\t');
  const all = words.join('\t');
  switch (kind) {
    case 'decided':
      return { kind };
    case 'group':
      return { kind, group: words[0] ?? '', classes: Number(words[1]), school: words.slice(2).join('\t') };
    case 'arrival':
      return { kind, group: all };
    case 'held':
      return { kind, type: all };
    case 'crowded':
      return { kind, stream: all };
    default:
      throw new Error(`the journal says “${text}”, which nobody understands`);
  }
}

/** All that the journal says of a fair, in log order. @param pages its table, in its schema */
export async function journalOf(db: QueryExecutorProvider, pages: RawBuilder<unknown>, fair: string): Promise<Entry[]> {
  const { rows } = await sql<{ readonly kinds: readonly string[]; readonly postings: Uint8Array }>`
    select kinds, postings from ${pages} where fair = ${fair} order by page`.execute(db);
  const entries = rows.flatMap(({ kinds, postings }) => {
    const sayings = kinds.map(sayingIn);
    return decodePage(postings, journalPages.postings).flatMap(([, position = 0, at = 0, kind = 1]) => {
      const saying = sayings[kind - 1];
      return saying ? { ...saying, position, at } : [];
    });
  });
  // Where two wrote of different types at the same time, their pages stand one after the other.
  return entries.sort((a, b) => a.position - b.position);
}
