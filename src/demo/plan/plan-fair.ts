import type { FairSettings } from '../../../events/fair.ts';
import { type BooksPlan, planBooks } from './books/plan-books.ts';
import { morning } from './calendar.ts';
import { type Expected, expectedOf } from './expected.ts';
import { fairSettings } from './fair-settings.ts';
import { type FixedIds, fixedIds } from './fixed-ids.ts';
import { type GatePlan, planGate } from './gate/plan-gate.ts';
import type { PlanOptions } from './options.ts';

export type Plan = {
  readonly fair: string;
  readonly settings: FairSettings;
  readonly gate: GatePlan;
  readonly books: BooksPlan;
  readonly expected: Expected;
};

/** A whole fair, before it happens. Pure: equal options give an equal plan. */
export function planFair(options: PlanOptions): Plan {
  const ids = planIds(options);
  const gate = planGate(options, ids);
  const books = planBooks(options, ids);
  return {
    fair: ids('fair', 0, morning),
    settings: fairSettings(options),
    gate,
    books,
    expected: expectedOf(gate, books),
  };
}

/** The ids of everything in a fair of these options. */
export const planIds = ({ seed, visits, copies }: PlanOptions): FixedIds =>
  fixedIds(`hoi-sach demo ${seed} ${visits} ${copies}`);
