export const bookFlags = { kept: 1 } as const;

/** What postings of books have in common. `title` is empty where the fact is of no title, or the posting has its barcode. */
export type BookKind = {
  readonly kind: string;
  readonly figure: string;
  readonly exhibitor: string;
  readonly title: string;
};

/** In one text; the title is last, since it may have a tabulator in it. */
export const bookKindText = ({ kind, figure, exhibitor, title }: BookKind): string =>
  [kind, figure, exhibitor, title].join('\t');

export function bookKindOf(text: string): BookKind {
  const [kind = '', figure = '', exhibitor = '', ...title] = text.split('\t');
  return { kind, figure, exhibitor, title: title.join('\t') };
}
