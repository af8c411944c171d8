import { z } from 'zod';
import { bacNinh2022, copiesMax, copiesMin, visitsMax, visitsMin } from '../demo/plan/options.ts';
import { simulate as simulateFair } from '../demo/simulate.ts';
import { command } from './command.ts';

const Url = z
  .url({ protocol: /^https?$/, error: 'must be where a server answers, like http://localhost:3000' })
  .transform((url) => url.replace(/\/+$/, ''));

const Options = z.strictObject({
  url: z.tuple([Url], Url, { error: 'must be where a server answers, like http://localhost:3000' }),
  token: z.string({ error: 'must be the token of an owner: npm run -s cli -- token --role owner' }).min(1),
  seed: z
    .string()
    .min(1)
    .max(40)
    .default(() => new Date().toISOString()),
  visits: z.coerce.number().pipe(z.int().min(visitsMin).max(visitsMax)).default(bacNinh2022.visits),
  copies: z.coerce.number().pipe(z.int().min(copiesMin).max(copiesMax)).default(bacNinh2022.copies),
  'at-once': z.coerce.number().pipe(z.int().min(1).max(1_000)).default(32),
});

export const simulate = command({
  name: 'simulate',
  summary: 'send a planned fair of any size to a running server, and compare what it counts',
  usage: [
    '--url URL         the server; more than once for several nodes, asked in turn',
    '--token TOKEN     of an owner of it',
    '--seed TEXT       the same seed is the same fair again; another one each time unless told',
    `--visits N        ${visitsMin}–${visitsMax} (${bacNinh2022.visits})`,
    `--copies N        copies declared, ${copiesMin}–${copiesMax} (${bacNinh2022.copies})`,
    '--at-once N       phones that send at the same time (32)',
  ],
  options: {
    url: { type: 'string', multiple: true },
    token: { type: 'string' },
    seed: { type: 'string' },
    visits: { type: 'string' },
    copies: { type: 'string' },
    'at-once': { type: 'string' },
  },
  schema: Options,
  run: async ({ url, token, seed, visits, copies, 'at-once': atOnce }, { tell }) => {
    const simulated = await simulateFair({ origins: url, token, size: { seed, visits, copies }, atOnce });
    const { fair, answers, seconds } = simulated;
    tell(`fair ${fair}, seed ${seed}`);
    tell(`${answers} answers in ${seconds.toFixed(1)} s, ${Math.round(answers / seconds)} a second`);
    tell(`visits planned ${simulated.visits.planned}, counted ${simulated.visits.counted}`);
    if (simulated.visits.planned !== simulated.visits.counted)
      throw new Error('the server counts another number of visits');
  },
});
