import { z } from 'zod';
import { Category, Code, Id, line, LocalDay, Moment, place, Reason } from './fields.ts';

/** How admissions of one pass become visits (metric dictionary, “When an admission is a visit”). */
export const VisitRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('per-day') }),
  z.strictObject({ kind: z.literal('per-entry') }),
  z.strictObject({ kind: z.literal('per-hours'), hours: z.int().min(1).max(72) }),
]);
export type VisitRule = z.infer<typeof VisitRule>;

const Site = z.strictObject({
  code: Code,
  name: line(120),
  /** Persons that fit, for the board's gauge. */
  capacity: z.int().min(1).max(1_000_000).optional(),
});

const Gate = z.strictObject({
  code: Code,
  name: line(120),
  site: Code,
  exits: z.enum(['scanned', 'not-scanned']),
  /** New poster passes a minute above which an admission is recorded as unverified. */
  posterPassesPerMinuteMax: z.int().min(1).max(10_000).default(60),
  /** `screen`: only codes that rotate are good. `print`: the code on a printed poster, which never changes, is good too. */
  poster: z.enum(['screen', 'print']).default('screen'),
});
export type Gate = z.infer<typeof Gate>;

const unique =
  <Item>(key: (item: Item) => string) =>
  (items: readonly Item[]) =>
    new Set(items.map(key)).size === items.length;

/** Everything an organiser decides about a fair before it opens. */
export const FairSettings = z
  .strictObject({
    name: z.strictObject({ vi: line(200), en: line(200).optional() }),
    /** Two-digit code of the host province (34 since 1/7/2025), used for in / out of province. */
    province: z.string().regex(/^\d{2}$/, 'must be a two-digit province code'),
    address: line(300).optional(),
    days: z.array(LocalDay).min(1).max(31),
    /** Local opening and closing time, every day; whoever is inside at closing has left. */
    opens: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .default('07:00'),
    closes: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .default('22:00'),
    sites: z.array(Site).min(1).max(2000),
    gates: z.array(Gate).min(1).max(5000),
    /** Each rule holds from its local day on; the first one holds before that too. */
    visitRules: z
      .array(z.strictObject({ from: LocalDay, rule: VisitRule }))
      .min(1)
      .max(31),
    /** Figures of the year before, to notice when this year's are the same. */
    lastYear: z.record(line(40), z.int().min(0)).optional(),
  })
  .refine(
    (fair) =>
      unique((day: string) => day)(fair.days) &&
      fair.days.every((day, at) => at === 0 || day > (fair.days[at - 1] ?? '')),
    {
      path: ['days'],
      message: 'must be in order, each day once',
    },
  )
  .refine((fair) => fair.opens < fair.closes, { path: ['closes'], message: 'must be later than opens' })
  .refine((fair) => unique((site: z.infer<typeof Site>) => site.code)(fair.sites), {
    path: ['sites'],
    message: 'each code once',
  })
  .refine((fair) => unique((gate: Gate) => gate.code)(fair.gates), { path: ['gates'], message: 'each code once' })
  .refine((fair) => fair.gates.every((gate) => fair.sites.some((site) => site.code === gate.site)), {
    path: ['gates'],
    message: 'each gate needs the code of one of the sites',
  })
  .refine((fair) => unique((rule: { from: string }) => rule.from)(fair.visitRules), {
    path: ['visitRules'],
    message: 'one rule a day',
  });
export type FairSettings = z.infer<typeof FairSettings>;

/** The public half of the key that signs this fair's passes: Ed25519, 32 bytes, base64url. */
const PassKey = z.string().regex(/^[\w-]{43}$/);

/** Why something is no fact of this fair any more: it occurred after its figures were closed. */
export const closedRefusals = ['fair-closed'] as const;
export const closingRefusals = ['already-closed'] as const;
export const reopeningRefusals = ['not-closed'] as const;

export const fairEvents = {
  FairCreated: z.strictObject({ fair: Id, settings: FairSettings, passKey: PassKey }),
  FairRevised: z.strictObject({ fair: Id, revision: Id, settings: FairSettings }),
  /** Persons added to (or taken from) visits by the organiser, with the place they belong to. */
  CorrectionRecorded: z.strictObject({
    correction: Id,
    ...place,
    day: LocalDay,
    category: Category,
    persons: z
      .int()
      .min(-1_000_000)
      .max(1_000_000)
      .refine((n) => n !== 0, 'must not be 0'),
    reason: Reason,
  }),
  FiguresClosed: z.strictObject({ closing: Id, note: Reason.optional() }),
  FiguresReopened: z.strictObject({ reopening: Id, reason: Reason }),
  /** An auditor lets the organiser see single sales until a moment. */
  AuditGranted: z.strictObject({ grant: Id, expiresAt: Moment, reason: Reason }),
};
