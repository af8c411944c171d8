import { z } from 'zod';

/** Text that PostgreSQL's jsonb can hold: no NUL and no lone surrogate. */
const isStorable = (text: string) => !text.includes('\u0000') && text.isWellFormed();

/** One line of text, trimmed, `charactersMin`–`charactersMax` UTF-16 units. */
export const line = (charactersMax: number, charactersMin = 1) =>
  z
    .string()
    .trim()
    .min(charactersMin)
    .max(charactersMax)
    .refine(isStorable, 'must not contain NUL or half a surrogate pair');

/** An id made by the client: a UUIDv7, so that the log's index grows at its end. */
export const Id = z.uuidv7('must be a UUIDv7').transform((id) => id.toLowerCase());

const lastMoment = Date.parse('9999-12-31T23:59:59.999+07:00');

/** Whether a time in ms lies in the years 1970 to 9999, which databases and `yyyy-mm-dd` can hold. */
export const isMoment = (ms: number): boolean => ms >= 0 && ms <= lastMoment;

/** A moment with its offset, as milliseconds since 1970 (UTC). */
export const Moment = z
  .union([z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)), z.int()])
  .refine(isMoment, 'must lie in the years 1970 to 9999')
  .describe('RFC 3339 with offset, or milliseconds since 1970');

/** A local calendar day of the fair, `yyyy-mm-dd` (Asia/Ho_Chi_Minh). */
export const LocalDay = z.iso.date().refine((day) => day >= '1970-01-01', 'must lie in the years 1970 to 9999');

/** A short code given by the organiser to a site, a gate or a booth. */
export const Code = z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,15}$/, 'must be 1–16 of A–Z, 0–9 and -');

/** People admitted by one fact. */
export const Persons = z.int().min(1).max(10_000);

/** Copies of a title. So few that the sum of a fair's is exact in a double (2^53). */
export const Copies = z.int().min(0).max(10_000_000);

/** Whole đồng of one line. So few that the sum of a fair's is exact in a double (2^53). */
export const Dong = z.int().min(0).max(1_000_000_000);

/** Said wherever a text is free: names and phone numbers of persons have no place in a fact. */
export const namelessHint = 'Không ghi họ tên, số điện thoại';

/** Why somebody did what they did. */
export const Reason = line(300).describe(namelessHint);

export const countedCategories = ['individual', 'pupil', 'family', 'delegate'] as const;
export const excludedCategories = ['staff', 'exhibitor', 'press', 'contractor'] as const;

/** Who a pass is for; the excluded ones are inside, but never visits (metric dictionary). */
export const Category = z.enum([...countedCategories, ...excludedCategories]);
export type Category = z.infer<typeof Category>;

export const Direction = z.enum(['in', 'out']);
export type Direction = z.infer<typeof Direction>;

/** Where a fact happened; the site is written down so that moving a gate later changes no past figure. */
export const place = { site: Code, gate: Code };
