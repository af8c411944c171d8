import type { Title } from '../../../../src/demo/plan/books/titles.ts';
import { catalogueStream, chunkStream } from '../../../../src/commands/catalogues.ts';
import type { Chance } from '../../../plan/chance.ts';
import type { Exhibitor, Maker } from './exhibitors.ts';
import type { Scribe } from './scribe.ts';
import type { Truth } from './truth.ts';

/** A title as it stands in one exhibitor's catalogue. */
export type Shelf = { readonly exhibitor: Exhibitor; readonly titles: readonly Title[] };

const linesPerChunk = 200;

/** Every exhibitor's books: as many lines in all as are wanted, of which two in five name a title that another one has too. */
export function shelvesOf(exhibitors: readonly Exhibitor[], lines: number, titles: readonly Title[]): Shelf[] {
  let given = 0;
  return exhibitors.map((exhibitor, index) => {
    const upTo = Math.floor((lines * (index + 1)) / exhibitors.length);
    const own = Array.from({ length: upTo - given }, (_, line) => titles[(given + line) % titles.length]);
    given = upTo;
    return { exhibitor, titles: own.flatMap((title) => title ?? []) };
  });
}

export const titlesFor = (lines: number): number => Math.max(1, Math.ceil(lines * 0.6));

/** The uploads, chunk by chunk, and the fact that closes each. */
export function catalogueMakers(
  shelves: readonly Shelf[],
  { scribe, truth, chance }: { scribe: Scribe; truth: Truth; chance: Chance },
): Maker[] {
  const known = new Set<Title>();
  return shelves.flatMap(({ exhibitor: { id: exhibitor, actor }, titles }) => {
    const chunks = Math.ceil(titles.length / linesPerChunk);
    let [upload, copiesInAll] = ['', 0];
    const parts = Array.from({ length: chunks }, (_, index): Maker => {
      const chunk = index + 1;
      return (at) => {
        if (chunk === 1) upload = chance.id(at);
        const lines = titles.slice(index * linesPerChunk, chunk * linesPerChunk).map((title, line) => {
          const copies = chance.between(1, 20);
          copiesInAll += copies;
          known.add(title);
          return { ...title, line: index * linesPerChunk + line + 1, copies };
        });
        const stream = chunkStream(scribe.fair, { exhibitor, upload, chunk });
        const about = { kind: `catalogue-chunk:${chunk}`, id: upload, stream, after: 0, actor };
        const data = { exhibitor, upload, chunk, lines };
        return scribe.write('CatalogueChunkUploaded', data, { ...about, occurredAt: at, recordedAt: at });
      };
    });
    const closing: Maker = (at) => {
      truth.add('catalogue-lines', titles.length);
      truth.add('copies-declared', copiesInAll);
      truth.add('titles', known.size - truth.of('titles'));
      const stream = catalogueStream(scribe.fair, exhibitor);
      const about = { kind: 'catalogue-upload', id: upload, stream, after: 0, actor };
      const data = { exhibitor, upload, chunks, lines: titles.length, copies: copiesInAll };
      return scribe.write('CatalogueUploaded', data, { ...about, occurredAt: at, recordedAt: at });
    };
    return chunks === 0 ? [] : [...parts, closing];
  });
}
