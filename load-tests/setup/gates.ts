import { z } from 'zod';
import type { Plan } from '../plan/plan.ts';
import type { Client } from '../server/client.ts';
import { forEach } from './at-once.ts';

export type Organiser = {
  readonly ask: Client;
  readonly fair: string;
  readonly token: string;
  /** Makes an id of now. */
  readonly newId: () => string;
};

const Secret = z.object({ secret: z.string() });
const Enrolled = z.object({ token: z.string() });

/** Registers every phone and enrols it with its one-time secret. @returns the phones' tokens */
export const enrolDevices = ({ ask, fair, token, newId }: Organiser, { devices }: Plan): Promise<string[]> =>
  forEach(devices, async ({ id, gate }, index) => {
    const path = `/api/fairs/${fair}/devices/${id}`;
    await ask(z.object({}), { method: 'PUT', path, token, body: { label: `Máy ${index + 1}`, gate } });
    const offered = await ask(Secret, { method: 'PUT', path: `${path}/enrolments/${newId()}`, token, body: {} });
    const enrolled = await ask(Enrolled, { method: 'POST', path: '/api/enrolments', body: { secret: offered.secret } });
    return enrolled.token;
  });

/** Schools register by themselves. */
export const registerGroups = (
  { ask, fair, newId }: Organiser,
  { groups }: Plan,
  { day, site }: { readonly day: string; readonly site: string },
): Promise<unknown> =>
  forEach(groups, (id, index) =>
    ask(z.object({ outcome: z.literal('registered') }), {
      method: 'PUT',
      path: `/api/fairs/${fair}/groups/${id}`,
      body: {
        school: `Trường Tiểu học số ${index + 1}`,
        level: 'primary',
        classes: 2,
        persons: 40,
        day,
        site,
        slot: '07:30',
        repeatKey: newId(),
      },
    }),
  );

const Printed = z.object({ token: z.string(), shortCode: z.string() });
type Printed = z.infer<typeof Printed>;
const Batch = z.object({ passes: z.array(Printed) });
const batchMax = 500;

/** Passes that are alike come from the organiser in batches, or one by one from visitors' own taps. */
export async function handOutPasses({ ask, fair, token, newId }: Organiser, { passes }: Plan): Promise<Printed[]> {
  const printed: Printed[] = [];
  const alike = Map.groupBy(
    passes.entries(),
    ([, { from, category, partySize }]) => `${from} ${category} ${partySize}`,
  );
  for (const group of alike.values()) {
    for (let at = 0; at < group.length; at += batchMax) {
      const part = group.slice(at, at + batchMax);
      const [first] = part;
      if (!first) continue;
      const { from, ...terms } = first[1];
      const given = from === 'visitor' ? await taken(terms, part.length) : await issued(terms, part.length);
      for (const [index, [pass]] of part.entries()) {
        const one = given[index];
        if (one) printed[pass] = one;
      }
    }
  }
  return printed;

  async function issued(terms: object, count: number): Promise<readonly Printed[]> {
    const path = `/api/fairs/${fair}/passes/batches/${newId()}`;
    return (await ask(Batch, { method: 'PUT', path, token, body: { ...terms, count } })).passes;
  }

  function taken(body: object, count: number): Promise<readonly Printed[]> {
    const path = `/api/fairs/${fair}/public-passes`;
    return forEach(Array.from({ length: count }), () => ask(Printed, { method: 'POST', path, body }));
  }
}
