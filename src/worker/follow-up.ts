import { randomUUID } from 'node:crypto';
import { projections } from '../../projections/index.ts';
import { takeBackUnreferred } from '../commands/unreferred-contacts.ts';
import type { Ports } from '../http/ports.ts';
import { catchUp } from '../projector/catch-up.ts';
import { dropOld } from '../projector/generation.ts';
import { reactInOneTurn } from '../reactions/one-turn.ts';
import { postgresProgress } from '../reactions/postgres-progress.ts';
import { leadsToMore } from '../reactions/react.ts';
import type { RequestGround } from './request-ground.ts';

/** Work behind an answer is ended by the runtime after 30 seconds. */
const secondsMax = 20;

type Work = Pick<Ports, 'fairs' | 'beginnings' | 'clock' | 'credentials' | 'log' | 'store' | 'vault'>;

/** What a write leads to, once it is answered: reactions where there are any, then the figures. */
export async function afterWrite(ground: RequestGround, ports: Work): Promise<void> {
  const { noted, projections: db, store } = ground;
  if (noted.position === 0) return;
  if ([...noted.types].some(leadsToMore)) await react(ground, ports);
  await catchUp({ db, store, projections, log: ports.log, upTo: noted.position, secondsMax });
}

/** What was left behind by writes whose work was cut off, and by other programs; asked for every minute. */
export async function everyMinute(ground: RequestGround, ports: Work): Promise<void> {
  const { projections: db, store } = ground;
  await react(ground, ports);
  await catchUp({ db, store, projections, log: ports.log, upTo: await store.head(), secondsMax });
}

/** What nobody needs any more. */
export async function everyHour({ projections: db }: RequestGround, ports: Work): Promise<void> {
  await dropOld(db, { graceSeconds: 60 });
  await ports.credentials.forgetOld();
  await takeBackUnreferred(ports);
}

const react = ({ db, store }: RequestGround, { fairs, beginnings, clock, credentials, log }: Work): Promise<void> =>
  reactInOneTurn(
    {
      store,
      fairs,
      beginnings,
      clock,
      log,
      revokeDevice: ({ fair, device }) => credentials.revokeHolder({ fair, role: 'device', subject: device }),
      progress: postgresProgress(db, { holder: randomUUID(), staleSeconds: 6 }),
    },
    { secondsMax },
  );
