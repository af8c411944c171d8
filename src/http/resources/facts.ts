import { Delivered, DeliveryBody } from '../../contract/deliveries.ts';
import { findFact } from '../facts.ts';
import { performItem } from '../item.ts';
import { ok } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';
import { inTurns } from '../turns.ts';

/** What waited on a phone comes in one delivery; the same delivery may come several times. */
const deliver = writeInFair({
  method: 'post',
  path: '/api/fairs/{fair}/facts',
  summary: 'Deliver up to 500 facts, each handled like its own PUT',
  may: ['device', 'exhibitor', 'till', 'organiser'],
  body: DeliveryBody,
  answer: Delivered,
  handle: async ({ params: { fair }, body: { sentAt, items }, ...call }, ports) => {
    const delivered = await inTurns(items, async (item, turn) => ({
      id: idOf(item),
      ...(await performItem(() => findFact(item, { fair, sentAt }), { ...call, turn }, ports)),
    }));
    return ok({ items: delivered });
  },
});

const idOf = (item: unknown): string | null =>
  typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? item.id : null;

export const facts: readonly Route[] = [deliver];
