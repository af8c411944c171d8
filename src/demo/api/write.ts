import type { FactItem } from '../../contract/deliveries.ts';

type Body = Readonly<Record<string, unknown>>;
type Of<Kind extends string, Params = unknown> = {
  readonly kind: Kind;
  readonly id: string;
  readonly body: Body;
} & Params;

/** One fact as it is written over HTTP: by a PUT of its own, or as an item of a delivery. */
export type Write =
  | Of<'scan' | 'poster-scan' | 'walk-in' | 'void'>
  | Of<'arrival', { readonly group: string }>
  | Of<'stock-entry' | 'sale', { readonly exhibitor: string }>
  | Of<'return', { readonly exhibitor: string; readonly sale: string }>
  | Of<'statement', { readonly exhibitor: string; readonly date: string }>;

/** Where its own PUT goes, behind `/api/fairs/{fair}/`. */
export function pathOf(write: Write): string {
  switch (write.kind) {
    case 'scan':
    case 'poster-scan':
    case 'walk-in':
    case 'void':
      return `${write.kind}s/${write.id}`;
    case 'arrival':
      return `groups/${write.group}/arrivals/${write.id}`;
    case 'stock-entry':
      return `exhibitors/${write.exhibitor}/stock/${write.id}`;
    case 'sale':
      return `exhibitors/${write.exhibitor}/sales/${write.id}`;
    case 'return':
      return `exhibitors/${write.exhibitor}/sales/${write.sale}/returns/${write.id}`;
    case 'statement':
      return `exhibitors/${write.exhibitor}/daily-figures/${write.date}/statements/${write.id}`;
  }
}

/** The same as an item of a delivery. A visitor's own tap is never delivered together with others. */
export function itemOf(write: Write): FactItem {
  if (write.kind === 'poster-scan') throw new Error('a poster is scanned online');
  const { body, ...item } = write;
  return { ...item, kind: write.kind, body: { ...body } };
}
