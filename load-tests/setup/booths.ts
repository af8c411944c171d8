import { z } from 'zod';
import type { Plan } from '../plan/plan.ts';
import { forEach } from './at-once.ts';
import type { Organiser } from './gates.ts';
import { giveToken } from './owner.ts';

const Applied = z.object({ secret: z.string() });
const Approved = z.object({ status: z.literal('approved') });

/** Exhibitors apply by the public form, are approved, and make a token for the phone at their booth. @returns those tokens */
export const openBooths = ({ ask, fair, token, newId }: Organiser, { booths }: Plan): Promise<string[]> =>
  forEach(booths, async (exhibitor, index) => {
    const path = `/api/fairs/${fair}/applications/${exhibitor}`;
    const applied = await ask(Applied, { method: 'PUT', path, body: applicationOf(index, newId()) });
    const review = `${path}/reviews/${newId()}`;
    await ask(Approved, { method: 'PUT', path: review, token, body: { decision: 'approve' } });
    return giveToken(ask, { fair, id: newId(), role: 'till', exhibitor }, { token: applied.secret });
  });

/** An example address, so that nobody real is ever written to. */
const applicationOf = (index: number, repeatKey: string) => ({
  as: 'submitted',
  repeatKey,
  form: {
    name: `Nhà sách số ${index + 1}`,
    shortName: `NS ${index + 1}`,
    kind: 'bookshop',
    province: '27',
    boothType: 'standard',
    boothsWanted: 1,
    commitments: { version: '2026-04' },
  },
  contact: {
    name: 'Đại diện đơn vị',
    email: `dai-dien-${index + 1}@example.com`,
    consents: [{ purpose: 'application', version: '2026-04' }],
  },
});
