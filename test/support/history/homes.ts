import type { FairEvent } from '../../../events/catalogue.ts';
import { toFairEvent } from '../../../events/catalogue.ts';
import type { Happening } from './history.ts';

/** In which stream each fact stands, by its kind and the id that its client gave it. */
export type Homes = ReadonlyMap<string, string>;

export const homesOf = (happened: readonly Happening[]): Homes =>
  new Map(
    happened.flatMap((one) => {
      const name = nameOf(eventIn(one));
      return name === undefined ? [] : [[name, one.stream]];
    }),
  );

/** Where commands write it: an acceptance and an undo stand with what they are about, as far as they tell. */
export function streamOf(one: Happening, homes: Homes): string {
  const event = eventIn(one);
  if (event.type === 'ScanAccepted') return homes.get(`scan ${event.data.scan}`) ?? `scan-${event.data.scan}`;
  if (event.type !== 'FactVoided') return one.stream;
  const { kind, target, pass, group, sale } = event.data;
  if (kind === 'scan' && typeof pass === 'string') return `pass-${pass}`;
  if (kind === 'arrival' && group !== undefined) return `group-${Number.parseInt(group.slice(-8), 16)}`;
  if (kind === 'return' && sale !== undefined) return `sale-${sale}`;
  const home = homes.get(`${kind} ${target}`);
  // A scan of no pass stands alone, and so does an undo that says it is of none.
  const isElsewhere = kind === 'scan' && pass === null && home?.startsWith('pass-') === true;
  return home === undefined || isElsewhere ? `${kind}-${target}` : home;
}

const eventIn = ({ event, stream, recordedAt }: Happening): FairEvent =>
  toFairEvent({ ...event, stream, recordedAt, version: 1, position: 1 });

function nameOf({ type, data }: FairEvent): string | undefined {
  switch (type) {
    case 'VisitorCheckedIn':
    case 'VisitorCheckedOut':
    case 'ScanRefused':
      return `scan ${data.scan}`;
    case 'WalkInsCounted':
      return `walk-in ${data.count}`;
    case 'GroupArrived':
      return `arrival ${data.arrival}`;
    case 'SaleRecorded':
      return `sale ${data.sale}`;
    case 'SaleReturned':
      return `return ${data.return}`;
    case 'StockRecorded':
      return `stock-entry ${data.entry}`;
    default:
      return undefined;
  }
}
