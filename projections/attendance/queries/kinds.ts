import { countedCategories } from '../../../events/fields.ts';

/** What a posting says of a fact beside who it was and where. */
export const flags = {
  kept: 1,
  first: 2,
  conflict: 4,
  late: 8,
  unverified: 16,
  repeat: 32,
  outsideDays: 64,
} as const;

/** What postings of facts at the gates have in common. `day` is empty but for corrections: they are about one. */
export type GateKind = {
  readonly kind: string;
  readonly direction: string;
  readonly site: string;
  readonly gate: string;
  readonly category: string;
  readonly source: string;
  readonly day: string;
};

const fields = ['kind', 'direction', 'site', 'gate', 'category', 'source', 'day'] as const satisfies (keyof GateKind)[];

/** In one text; no code of a site or a gate has a tabulator in it. */
export const gateKindText = (kind: GateKind): string => fields.map((field) => kind[field]).join('\t');

export function gateKindOf(text: string): GateKind {
  const [kind = '', direction = '', site = '', gate = '', category = '', source = '', day = ''] = text.split('\t');
  return { kind, direction, site, gate, category, source, day };
}

export const isCountedCategory = (category: string): boolean =>
  countedCategories.some((counted) => counted === category);
