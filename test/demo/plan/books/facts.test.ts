import { describe, expect, it } from 'vitest';
import { Buffer } from 'node:buffer';
import { ApplicationForm } from '../../../../events/application.ts';
import { boothEvents } from '../../../../events/booth.ts';
import { CatalogueLine } from '../../../../events/catalogue-upload.ts';
import { readGtin } from '../../../../events/gtin.ts';
import type { BooksVoid, Return, Statement } from '../../../../src/demo/plan/books/facts.ts';
import { recordedOn } from '../../../../src/demo/plan/books/recorded.ts';
import { dayOf } from '../../../../src/demo/plan/calendar.ts';
import { bacNinh2022 } from '../../../../src/demo/plan/options.ts';
import { planFair } from '../../../../src/demo/plan/plan-fair.ts';

const { books, settings } = planFair(bacNinh2022);
const isGtin = (digits: string) => 'gtin' in readGtin(digits);
const present = books.exhibitors.filter(({ way }) => way === 'present');

describe('the exhibitors of a plan', () => {
  it('are publishers, distributors and bookshops, in and out of the province, where they are present', () => {
    expect(new Set(present.map(({ form }) => form.kind))).toEqual(new Set(['publisher', 'distributor', 'bookshop']));
    const inside = present.filter(({ form }) => form.province === settings.province).length;
    expect(inside).toBeGreaterThan(5);
    expect(inside).toBeLessThan(present.length - 5);
    expect(new Set(present.map(({ form }) => form.name)).size).toBe(present.length);
  });

  it('end their way in every way there is', () => {
    expect(new Set(books.exhibitors.map(({ way }) => way))).toEqual(
      new Set(['present', 'absent', 'withdrawn', 'declined', 'waitlisted']),
    );
    expect(books.exhibitors.map(({ review }) => review)).toContain('after-changes');
  });

  it('fill in forms that the platform takes', () => {
    for (const { form } of books.exhibitors) expect(ApplicationForm.parse(form)).toEqual(form);
  });

  it('share forty booths, each with one of them', () => {
    const taken = books.booths.flatMap(({ code, assignment }) =>
      assignment ? [{ code, exhibitor: assignment.exhibitor }] : [],
    );
    expect(taken.filter(({ exhibitor }) => present.some(({ id }) => id === exhibitor))).toHaveLength(40);
    expect(new Set(books.booths.map(({ code }) => code)).size).toBe(books.booths.length);
    expect(new Set(books.booths.map(({ kept }) => kept))).toEqual(new Set(['available', 'reserved', 'blocked']));
    for (const { code, plan } of books.booths) boothEvents.BoothPlanned.parse({ booth: code, plan });
  });
});

describe('the catalogues of a plan', () => {
  const lines = books.catalogues.flatMap(({ upload }) => upload.lines);

  it('are sent by everybody who was approved, those who stay away included', () => {
    expect(books.catalogues).toHaveLength(24);
    expect(books.catalogues.filter(({ exhibitor }) => exhibitor.way !== 'present')).toHaveLength(2);
    expect(books.catalogues.some(({ replaced }) => replaced !== null)).toBe(true);
  });

  it('have lines that the platform takes, with valid barcodes, chunks of 200 well below 128 KB', () => {
    for (const line of lines.filter((_, index) => index % 25 === 0)) expect(CatalogueLine.parse(line)).toEqual(line);
    expect(lines.flatMap(({ gtin }) => (gtin === null || isGtin(gtin) ? [] : [gtin]))).toEqual([]);
    const longest = lines.reduce((most, line) => Math.max(most, Buffer.byteLength(JSON.stringify(line))), 0);
    expect(longest * 200).toBeLessThan(128 * 1024);
  });

  it('list some titles with several exhibitors, and none twice with one', () => {
    expect(new Set(lines.map(({ gtin, code }) => gtin ?? code)).size).toBeLessThan(lines.length * 0.9);
    for (const { upload } of books.catalogues) {
      expect(new Set(upload.lines.map(({ gtin, code }) => gtin ?? code)).size).toBe(upload.lines.length);
    }
  });
});

describe('the sales of a plan', () => {
  it('are made by those present, on the fair’s days', () => {
    for (const { exhibitor, at } of books.facts) {
      expect(exhibitor.way).toBe('present');
      expect(settings.days).toContain(dayOf(at));
    }
  });

  it('are never above what a daily statement says, and here and there below it', () => {
    const statements = books.facts.filter((fact): fact is Statement => fact.kind === 'statement');
    const beyond = statements.map((stated) => {
      const recorded = recordedOn(books.facts, stated.exhibitor.id, stated.day);
      return [
        stated.copiesSold - recorded.copiesSold,
        stated.revenue - recorded.revenue,
        stated.copiesDonated - recorded.copiesDonated,
      ];
    });
    expect(Math.min(...beyond.flat())).toBe(0);
    expect(Math.max(...beyond.map(([copies = 0]) => copies))).toBeGreaterThan(0);
    expect(statements.some(({ holds }) => !holds)).toBe(true);
  });

  it('take back no more than was sold, and undo mistakes in time', () => {
    const returns = books.facts.filter((fact): fact is Return => fact.kind === 'return');
    for (const { sale, lines, at } of returns) {
      const [sold, back] = [sale.lines[0], lines[0]];
      expect(sold?.copies).toBeGreaterThanOrEqual(back?.copies ?? Number.NaN);
      expect(sold?.paid).toBeGreaterThanOrEqual(back?.paid ?? Number.NaN);
      expect(sale.means).toBe('sold');
      expect(dayOf(at)).toBe(dayOf(sale.at));
    }
    const voids = books.facts.filter((fact): fact is BooksVoid => fact.kind === 'books-void');
    for (const { at, of } of voids) {
      expect(of.means).toBe('mistake');
      expect(at - of.at).toBeLessThan(15 * 60_000);
    }
    expect(new Set(books.facts.map(({ kind }) => kind))).toEqual(
      new Set(['sale', 'return', 'stock-entry', 'books-void', 'statement']),
    );
  });

  it('never make a booth sell more than it has', () => {
    for (const { id } of present) {
      const { upload } = books.catalogues.find(({ exhibitor }) => exhibitor.id === id) ?? { upload: { lines: [] } };
      const declared = new Map(upload.lines.map(({ gtin, code, copies }) => [gtin ?? code, copies]));
      const sold = books.facts.flatMap((fact) =>
        fact.kind === 'sale' && fact.means === 'sold' && fact.exhibitor.id === id ? fact.lines : [],
      );
      const byTitle = Object.groupBy(sold, ({ gtin, code }) => gtin ?? code ?? '');
      for (const [title, lines] of Object.entries(byTitle)) {
        expect(lines?.reduce((sum, { copies }) => sum + copies, 0)).toBeLessThanOrEqual(declared.get(title) ?? 0);
      }
    }
  });
});
