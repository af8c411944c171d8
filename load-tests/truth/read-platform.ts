import { z } from 'zod';
import type { Client } from '../server/client.ts';
import type { Platform } from './differences.ts';

const Document = z.object({
  position: z.int(),
  asOf: z.iso.datetime(),
  status: z.string(),
  figures: z.array(z.object({ key: z.string(), value: z.number().nullable() })),
});
const Page = z.object({
  events: z.array(z.object({ position: z.int(), type: z.string(), data: z.record(z.string(), z.unknown()) })),
  withheld: z.int(),
  next: z.int().nullable(),
});
type Listed = z.infer<typeof Page>['events'][number];

export type Reader = { readonly ask: Client; readonly fair: string; /** An auditor's. */ readonly token: string };

/** Lists whose facts are compared one by one. */
const lists = [
  'visits',
  'entries',
  'unique-visitors',
  'inside-now',
  'excluded',
  'repeat-reads',
  'unverified',
  'copies-sold',
  'revenue',
  'copies-displayed',
  'copies-donated',
  'copies-left',
];

/** The document of the figures, once they have reached a position of the log. */
export const readFigures = ({ ask, fair, token }: Reader, position: number): Promise<z.infer<typeof Document>> =>
  ask(Document, { path: `/api/fairs/${fair}/figures?after=${position}`, token });

/**
 * Everything that is compared, once the figures have reached a position of the log.
 * @param at.before the log's position before the first fact was sent
 */
export async function readPlatform(
  reader: Reader,
  at: { readonly before: number; readonly reached: number },
): Promise<Platform> {
  const { position, asOf, status, figures } = await readFigures(reader, at.reached);
  const behind = new Map<string, { id: string; position: number }[]>();
  for (const list of lists) behind.set(list, await factsBehind(reader, list));
  return {
    before: at.before,
    after: position,
    status,
    asOf: Date.parse(asOf),
    figures: new Map(figures.map(({ key, value }) => [key, value])),
    behind,
  };
}

async function factsBehind({ ask, fair, token }: Reader, figure: string): Promise<{ id: string; position: number }[]> {
  const facts: { id: string; position: number }[] = [];
  for (let before: number | null | undefined = undefined; before !== null;) {
    const query: string = before === undefined ? '' : `?before=${before}`;
    const page: z.infer<typeof Page> = await ask(Page, {
      path: `/api/fairs/${fair}/figures/${figure}/events${query}`,
      token,
    });
    facts.push(...page.events.map((event) => ({ id: idOf(event), position: event.position })));
    before = page.next;
  }
  return facts;
}

/** Where each kind of fact has the id that its phone gave it. */
const idFields: Readonly<Record<string, string>> = {
  VisitorCheckedIn: 'scan',
  VisitorCheckedOut: 'scan',
  ScanRefused: 'scan',
  WalkInsCounted: 'count',
  GroupArrived: 'arrival',
  SaleRecorded: 'sale',
  SaleReturned: 'return',
  StockRecorded: 'entry',
};

function idOf({ type, data }: Listed): string {
  const id = data[idFields[type] ?? ''];
  return typeof id === 'string' ? id : type;
}
