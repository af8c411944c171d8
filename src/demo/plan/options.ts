/** What a planned fair depends on. Equal options give an equal fair, down to every id. */
export type PlanOptions = {
  readonly seed: string;
  /** Visits (lượt người tham gia) that the fair really has. */
  readonly visits: number;
  /** Copies declared by the exhibitors that count. */
  readonly copies: number;
};

/** The acceptance scenario “Bắc Ninh 2022”. */
export const bacNinh2022: PlanOptions = { seed: '2022', visits: 5_962, copies: 1_523_400 };

/** Below these there is no room for schools, rush hours and forty booths. */
export const visitsMin = 100;
export const visitsMax = 200_000;
export const copiesMin = 1_000;
export const copiesMax = 20_000_000;

/** How much of a number of the acceptance scenario a fair of this many visits has; at least `least`. */
export const scaled = (options: PlanOptions, number: number, { least }: { readonly least: number }): number =>
  Math.max(least, Math.round((number * options.visits) / bacNinh2022.visits));
