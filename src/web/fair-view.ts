import * as z from 'zod';

const brief = {
  id: z.string(),
  name: z.object({ vi: z.string(), en: z.optional(z.string()) }),
  /** Local days in order, `yyyy-mm-dd`. */
  days: z.array(z.string()),
  /** Local time of day, `HH:mm`. */
  opens: z.string(),
  closes: z.string(),
};

/** A fair as lists and the board need it. */
export const FairBrief = z.object(brief);
export type FairBrief = z.infer<typeof FairBrief>;

/** What its own page says of a fair; the fair's settings with its id are one. */
export type FairView = FairBrief & {
  readonly address?: string | undefined;
  readonly sites: readonly { readonly code: string; readonly name: string }[];
};

/** The fair's name in a language; Vietnamese where it has no other. */
export const nameIn = (name: FairBrief['name'], language: 'vi' | 'en'): string =>
  language === 'en' ? (name.en ?? name.vi) : name.vi;
