import { FactItem } from '../contract/deliveries.ts';
import { badRequest, parsePart } from './field-errors.ts';
import type { FieldError } from './problems.ts';
import { statement } from './resources/daily-figures.ts';
import { arrival } from './resources/groups.ts';
import { sale, saleReturn } from './resources/sales.ts';
import { scan } from './resources/scans.ts';
import { stockEntry } from './resources/stock.ts';
import { undo } from './resources/voids.ts';
import { walkIn } from './resources/walk-ins.ts';
import type { Raw, Route } from './route.ts';

type FactRoute = {
  /** The route of the fact's own PUT: who may, what is read, what is done. */
  readonly route: Route;
  /** The parameter of its path that is the fact's id. */
  readonly id: string;
};

/** The facts that can be delivered together; each is handled by the route of its own PUT and by nothing else. */
const factRoutes: { readonly [Kind in FactItem['kind']]: FactRoute } = {
  scan: { route: scan, id: 'scan' },
  'walk-in': { route: walkIn, id: 'count' },
  arrival: { route: arrival, id: 'arrival' },
  void: { route: undo, id: 'void' },
  'stock-entry': { route: stockEntry, id: 'entry' },
  sale: { route: sale, id: 'sale' },
  return: { route: saleReturn, id: 'return' },
  statement: { route: statement, id: 'statement' },
};

type Found = { readonly route: Route; readonly raw: Raw };

/**
 * An item as its own PUT would bring it. `sentAt` is that of the delivery, where the item has none of its own.
 * @throws Problem 400 for what is no item
 */
export function findFact(given: unknown, { fair, sentAt }: { fair: string; sentAt?: number | undefined }): Found {
  const errors: FieldError[] = [];
  const item = parsePart(FactItem, given, { part: 'item', errors })?.value;
  if (!item) throw badRequest(errors);
  const { kind, id, body, ...others } = item;
  const { route, id: name } = factRoutes[kind];
  const params: Record<string, string> = { fair, [name]: id };
  for (const [other, value] of Object.entries(others)) if (value !== undefined) params[other] ??= value;
  return {
    route,
    raw: {
      params,
      body: { ...(sentAt === undefined ? {} : { sentAt }), ...body },
    },
  };
}
