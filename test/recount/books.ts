import type { FairEvent } from '../../events/catalogue.ts';
import { exhibitorsTakingPart } from './exhibitors.ts';
import { dayOf, latestBy, ofType, total, unvoided } from './facts.ts';
import { tradeOf } from './trade.ts';

export function recountBooks(facts: readonly FairEvent[]): Record<string, number> {
  const stocked = stockOf(facts);
  const trade = [...tradeByDay(facts).values()];
  const sold = total(trade, ({ copies }) => copies.recorded + copies.declared);
  const donated = total(trade, ({ donated: copies }) => copies.recorded + copies.declared);
  const recorded = total(trade, ({ revenue }) => revenue.recorded);
  const declared = total(trade, ({ revenue }) => revenue.declared);
  return {
    ...recountCatalogues(facts),
    'copies-displayed': stocked('displayed'),
    'copies-sold': sold,
    'copies-donated': donated,
    'copies-left': stocked('displayed') + stocked('added') - sold - donated - stocked('withdrawn'),
    revenue: recorded + declared,
    'revenue-recorded': recorded,
    'revenue-declared': declared,
  };
}

/** The latest whole upload of each exhibitor who was approved and is not gone; excluded lines count nowhere. */
function recountCatalogues(facts: readonly FairEvent[]): Record<string, number> {
  const takingPart = exhibitorsTakingPart(facts);
  const chunks = Map.groupBy(ofType(facts, 'CatalogueChunkUploaded'), ({ data }) => `${data.exhibitor} ${data.upload}`);
  const uploads = Map.groupBy(ofType(facts, 'CatalogueUploaded'), ({ data }) => data.exhibitor);
  const titles = new Set<string>();
  let [lines, copies] = [0, 0];
  for (const [exhibitor, closings] of uploads) {
    const chunksOf = ({ upload, chunks: last }: { upload: string; chunks: number }) =>
      (chunks.get(`${exhibitor} ${upload}`) ?? []).filter(({ data }) => data.chunk <= last);
    const whole = closings.filter(({ data }) => chunksOf(data).length === data.chunks);
    const latest = latestBy(whole, ({ data }) => data.upload);
    if (!latest || !takingPart.has(exhibitor)) continue;
    for (const chunk of chunksOf(latest.data))
      for (const line of chunk.data.lines) {
        if (line.excluded !== undefined) continue;
        titles.add(line.gtin ?? `${exhibitor} ${line.code ?? `name ${line.name.toLocaleLowerCase('vi')}`}`);
        lines += 1;
        copies += line.copies;
      }
  }
  return { titles: titles.size, 'catalogue-lines': lines, 'copies-declared': copies };
}

function stockOf(facts: readonly FairEvent[]): (kind: string) => number {
  const entries = unvoided(facts, ofType(facts, 'StockRecorded'), ({ data }) => ({
    kind: 'stock-entry',
    id: data.entry,
  }));
  return (kind) =>
    total(
      entries.filter(({ data }) => data.kind === kind),
      ({ data }) => data.copies,
    );
}

type Amount = { recorded: number; declared: number };
type Trade = { copies: Amount; revenue: Amount; donated: Amount };

/** By exhibitor and local day: what was recorded one by one, and what the day's latest statement says beyond that. */
function tradeByDay(facts: readonly FairEvent[]): Map<string, Trade> {
  const days = new Map<string, Trade>();
  const tradeOn = (exhibitor: string, day: string): Trade => {
    const key = `${exhibitor} ${day}`;
    const trade = days.get(key) ?? { copies: nothing(), revenue: nothing(), donated: nothing() };
    days.set(key, trade);
    return trade;
  };
  const move = (
    event: FairEvent,
    exhibitor: string,
    lines: readonly { copies: number; paid: number }[],
    sign: 1 | -1,
  ) => {
    const trade = tradeOn(exhibitor, dayOf(event.occurredAt));
    trade.copies.recorded += sign * total(lines, ({ copies }) => copies);
    trade.revenue.recorded += sign * total(lines, ({ paid }) => paid);
  };
  const { sales, returns } = tradeOf(facts);
  for (const sale of sales) move(sale, sale.data.exhibitor, sale.data.lines, 1);
  for (const back of returns) move(back, back.data.exhibitor, back.data.lines, -1);
  const entries = unvoided(facts, ofType(facts, 'StockRecorded'), ({ data }) => ({
    kind: 'stock-entry',
    id: data.entry,
  }));
  for (const { data, occurredAt } of entries)
    if (data.kind === 'donated') tradeOn(data.exhibitor, dayOf(occurredAt)).donated.recorded += data.copies;

  const statements = Map.groupBy(ofType(facts, 'DailyFiguresStated'), ({ data }) => `${data.exhibitor} ${data.day}`);
  for (const stated of statements.values()) {
    const latest = latestBy(stated, ({ data }) => data.statement);
    if (!latest) continue;
    const trade = tradeOn(latest.data.exhibitor, latest.data.day);
    trade.copies.declared = Math.max(0, latest.data.copiesSold - trade.copies.recorded);
    trade.revenue.declared = Math.max(0, latest.data.revenue - trade.revenue.recorded);
    trade.donated.declared = Math.max(0, latest.data.copiesDonated - trade.donated.recorded);
  }
  return days;
}

const nothing = (): Amount => ({ recorded: 0, declared: 0 });
