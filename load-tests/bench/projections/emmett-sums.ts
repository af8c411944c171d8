import { type PostgreSQLProjectionDefinition, postgreSQLProjection } from '@event-driven-io/emmett-postgresql';
import type { DataOf, EventType } from '../../../events/catalogue.ts';
import { localDay } from '../../../src/domain/local-time.ts';

/** An event as Emmett's store holds it. */
type Kept<Type extends EventType> = {
  readonly type: Type;
  readonly data: DataOf<Type>;
  readonly metadata: { readonly occurredAt: number };
};
type AtGate = Kept<'VisitorCheckedIn'> | Kept<'WalkInsCounted'> | Kept<'GroupArrived'> | Kept<'FactVoided'>;
type InBooks = Kept<'SaleRecorded'> | Kept<'SaleReturned'> | Kept<'FactVoided'>;

/** A fact once, and what it adds to its sums. Kept so that an undo can take it away again. */
export const sumTables = [
  'create table came_in (id uuid primary key, day date not null, gate text not null, persons int not null)',
  'create table persons_in (day date, gate text, persons bigint not null, primary key (day, gate))',
  `create table sold (id uuid primary key, exhibitor uuid not null, day date not null, copies int not null,
     revenue bigint not null)`,
  `create table takings (exhibitor uuid, day date, copies bigint not null, revenue bigint not null,
     primary key (exhibitor, day))`,
];

/** Persons who came in, by day and gate; no visits, no repeat reads, nobody inside. */
export const personsIn: PostgreSQLProjectionDefinition<AtGate> = postgreSQLProjection<AtGate>({
  name: 'persons-in',
  canHandle: ['VisitorCheckedIn', 'WalkInsCounted', 'GroupArrived', 'FactVoided'],
  handle: async (events, { connection: { client } }) => {
    for (const event of events) {
      const counted = cameIn(event);
      if (counted) await client.query({ name: 'came-in', text: cameInText, values: [...counted] });
      if (event.type === 'FactVoided')
        await client.query({ name: 'undone-in', text: undoneInText, values: [event.data.target] });
    }
  },
});

/** Copies and whole đồng by exhibitor and day; no titles, no catalogues, no statements, no stock. */
export const takings: PostgreSQLProjectionDefinition<InBooks> = postgreSQLProjection<InBooks>({
  name: 'takings',
  canHandle: ['SaleRecorded', 'SaleReturned', 'FactVoided'],
  handle: async (events, { connection: { client } }) => {
    for (const event of events) {
      const counted = sold(event);
      if (counted) await client.query({ name: 'sold', text: soldText, values: [...counted] });
      if (event.type === 'FactVoided')
        await client.query({ name: 'undone-sold', text: undoneSoldText, values: [event.data.target] });
    }
  },
});

function cameIn(event: AtGate): readonly unknown[] | undefined {
  const day = localDay(event.metadata.occurredAt);
  switch (event.type) {
    case 'VisitorCheckedIn':
      return [event.data.scan, day, event.data.gate, event.data.persons];
    case 'WalkInsCounted':
      return event.data.direction === 'in' ? [event.data.count, day, event.data.gate, event.data.persons] : undefined;
    case 'GroupArrived':
      return [event.data.arrival, day, event.data.gate, event.data.persons];
    case 'FactVoided':
      return undefined;
  }
}

function sold(event: InBooks): readonly unknown[] | undefined {
  if (event.type === 'FactVoided') return undefined;
  const sign = event.type === 'SaleRecorded' ? 1 : -1;
  const id = event.type === 'SaleRecorded' ? event.data.sale : event.data.return;
  const copies = event.data.lines.reduce((sum, line) => sum + line.copies, 0);
  const paid = event.data.lines.reduce((sum, line) => sum + line.paid, 0);
  return [id, event.data.exhibitor, localDay(event.metadata.occurredAt), sign * copies, sign * paid];
}

const cameInText = `
  with fact as (insert into came_in values ($1, $2, $3, $4) on conflict do nothing returning day, gate, persons)
  insert into persons_in select * from fact
  on conflict (day, gate) do update set persons = persons_in.persons + excluded.persons`;

const undoneInText = `
  with fact as (delete from came_in where id = $1 returning day, gate, persons)
  update persons_in set persons = persons_in.persons - fact.persons from fact
   where persons_in.day = fact.day and persons_in.gate = fact.gate`;

const soldText = `
  with fact as (
    insert into sold values ($1, $2, $3, $4, $5) on conflict do nothing returning exhibitor, day, copies, revenue)
  insert into takings select * from fact
  on conflict (exhibitor, day) do update
     set copies = takings.copies + excluded.copies, revenue = takings.revenue + excluded.revenue`;

const undoneSoldText = `
  with fact as (delete from sold where id = $1 returning exhibitor, day, copies, revenue)
  update takings set copies = takings.copies - fact.copies, revenue = takings.revenue - fact.revenue from fact
   where takings.exhibitor = fact.exhibitor and takings.day = fact.day`;
