import type { StoredEvent } from '../../events/envelope.ts';
import { token as tokenCommand } from '../../src/cli/token.ts';
import { readConfig } from '../../src/config.ts';
import { openGround } from '../../src/ground.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { type Place, wholeLog } from './played-fair.ts';

export async function ownersToken({ environment }: Pick<Place, 'environment'>): Promise<string> {
  const said: string[] = [];
  await tokenCommand.run(['--role', 'owner'], { config: readConfig(environment), tell: (line) => said.push(line) });
  return said.join('');
}

export async function readLog({ environment }: Pick<Place, 'environment'>): Promise<StoredEvent[]> {
  await using ground = await openGround(readConfig(environment), { as: 'tool' });
  return await wholeLog(ground.store);
}

/** Whoever holds the lease of the projections, and how often it was taken over. */
export type Mover = { readonly holder: string | null; readonly epoch: number };

export const moverOf = ({ database }: Pick<Place, 'database'>): Promise<Mover> =>
  projectorDatabase(database.pool)
    .selectFrom('projection_generations')
    .select(['holder', 'epoch'])
    .where('state', '=', 'current')
    .executeTakeFirstOrThrow();

/** Where each kind of fact has the id that its phone gave it. */
const idFields: Readonly<Record<string, string>> = {
  VisitorCheckedIn: 'scan',
  VisitorCheckedOut: 'scan',
  ScanRefused: 'scan',
  WalkInsCounted: 'count',
  GroupArrived: 'arrival',
  FactVoided: 'void',
  SaleRecorded: 'sale',
  SaleReturned: 'return',
  StockRecorded: 'entry',
  DailyFiguresStated: 'statement',
};

/** The ids that phones gave to facts, each with its position in the log. */
export const idsIn = (log: readonly StoredEvent[]): (readonly [id: string, position: number])[] =>
  log.flatMap((event) => {
    const id = idOf(event);
    return id === undefined ? [] : [[id, event.position] as const];
  });

function idOf({ type, data }: StoredEvent): string | undefined {
  const field = idFields[type];
  if (field === undefined || typeof data !== 'object' || data === null) return undefined;
  const id: unknown = new Map<string, unknown>(Object.entries(data)).get(field);
  return typeof id === 'string' ? id : undefined;
}
