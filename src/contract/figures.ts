// Functions only, no methods of schemas: the browser's bundle takes the same file with `zod/mini`.
import * as z from 'zod';

export const units = [
  'person',
  'organisation',
  'booth',
  'title',
  'line',
  'copy',
  'dong',
  'activity',
  'reading',
  'school',
  'class',
] as const;

/** Every figure of the metric dictionary and its unit; the order is the order of the document. */
export const figureUnits = {
  visits: 'person',
  entries: 'person',
  'unique-visitors': 'person',
  'inside-now': 'person',
  'peak-inside': 'person',
  excluded: 'person',
  'organisations-registered': 'organisation',
  'organisations-present': 'organisation',
  booths: 'booth',
  titles: 'title',
  'catalogue-lines': 'line',
  'copies-declared': 'copy',
  'copies-displayed': 'copy',
  'copies-sold': 'copy',
  'copies-donated': 'copy',
  'copies-left': 'copy',
  revenue: 'dong',
  'revenue-recorded': 'dong',
  'revenue-declared': 'dong',
  'activities-planned': 'activity',
  'activities-held': 'activity',
  readers: 'person',
  circulation: 'reading',
  schools: 'school',
  classes: 'class',
  pupils: 'person',
} as const satisfies Record<string, (typeof units)[number]>;

export type FigureKey = keyof typeof figureUnits;
export const isFigureKey = (key: string): key is FigureKey => Object.hasOwn(figureUnits, key);

const Words = z.object({ vi: z.string(), en: z.string() });

export const Figure = z.object({
  key: z.string(),
  /** null when nobody collects the facts for it yet. */
  value: z.nullable(z.number()),
  unit: z.enum(units),
  /** Key of its definition in the metric dictionary, `/dictionary` in the messages. */
  definition: z.string(),
  status: z.enum(['provisional', 'final', 'incomplete', 'not-collected']),
  /** True where the number leans on something nobody counted; its words then begin with “ước”. */
  estimate: z.boolean(),
  /** The rounded official wording, made from the exact value; null without a value. */
  wording: z.nullable(Words),
  /** For figures that may only be stated as a lower bound: “ít nhất N người”. */
  bound: z.enum(['exact', 'at-least']),
});
export type Figure = z.infer<typeof Figure>;

/** Amounts of one figure by one dimension; keys are codes (gate, category, kind, day), never names of people. */
const Breakdown = z.object({
  figure: z.string(),
  by: z.enum(['day', 'site', 'gate', 'category', 'source', 'kind', 'province', 'exhibitor']),
  rows: z.array(z.object({ key: z.string(), label: z.optional(z.string()), value: z.number() })),
});
export type Breakdown = z.infer<typeof Breakdown>;

/** A plausibility check that failed, with the figures that made it fail. */
export const Warning = z.object({
  check: z.enum([
    'price-per-copy',
    'copies-per-title',
    'copies-per-booth',
    'sold-above-stock',
    'copies-per-visit',
    'people-above-visits',
    'same-as-last-year',
    'statement-below-recorded',
  ]),
  figures: z.record(z.string(), z.number()),
  message: Words,
});
export type Warning = z.infer<typeof Warning>;

/** Visits of one local day in buckets of 10 minutes, `minute` since local midnight; empty buckets are left out. */
const DayCurve = z.object({
  day: z.string(),
  buckets: z.array(z.object({ minute: z.int(), visits: z.number(), entries: z.number() })),
});

export const FiguresDocument = z.object({
  fair: z.string(),
  name: z.object({ vi: z.string(), en: z.optional(z.string()) }),
  /** The log up to here was read for these figures; what it holds above a closing is not in them, but in `attention`. */
  position: z.int(),
  /** When these figures were true, RFC 3339: the moment of the closing once they are final. */
  asOf: z.string(),
  /** Only where it was asked about the past: when all this was known, RFC 3339. */
  knownAt: z.optional(z.string()),
  status: z.enum(['provisional', 'final', 'incomplete']),
  sentence: Words,
  figures: z.array(Figure),
  breakdowns: z.array(Breakdown),
  curves: z.array(DayCurve),
  /** Local day of `asOf`, and its visits so far. */
  today: z.object({ day: z.string(), visits: z.number() }),
  inside: z.array(z.object({ site: z.string(), name: z.string(), now: z.number(), capacity: z.nullable(z.number()) })),
  bestSellers: z.array(z.object({ code: z.string(), name: z.string(), copies: z.number() })),
  /** Facts that are listed and looked at, but change no figure by themselves. */
  attention: z.object({
    /** In the log, and in no figure: a projection could not take them in. While there are any the figures are incomplete. */
    parked: z.number(),
    conflicts: z.number(),
    late: z.number(),
    unverified: z.number(),
    repeatReads: z.number(),
    /** On days that are none of the fair's: trials, or a day that is missing in the settings. */
    outsideDays: z.number(),
    afterClosing: z.number(),
  }),
  warnings: z.array(Warning),
});
export type FiguresDocument = z.infer<typeof FiguresDocument>;

/** What everybody may see: the total, and when it was true. */
export const PublicFigures = z.object({
  fair: z.string(),
  name: z.object({ vi: z.string(), en: z.optional(z.string()) }),
  position: z.int(),
  asOf: z.string(),
  status: z.enum(['provisional', 'final', 'incomplete']),
  visits: Figure,
});
export type PublicFigures = z.infer<typeof PublicFigures>;
