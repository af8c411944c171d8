import { z } from 'zod';
import { currentGeneration, type ParkedEvent, parkedIn } from '../../projections/generations/queries.ts';
import { openGround } from '../ground.ts';
import { projectorDatabase } from '../projector/database.ts';
import { command } from './command.ts';

export const parked = command({
  name: 'parked',
  summary: 'list the events that no figure counts, because a projection could not take them in',
  usage: [],
  options: {},
  schema: z.strictObject({}),
  run: async (_, { config, tell }) => {
    await using ground = await openGround(config, { as: 'tool' });
    const db = projectorDatabase(ground.pool);
    const current = await currentGeneration(db);
    if (!current) return tell('Nothing is counted yet by this version of the program.');
    const events = await parkedIn(db, current.generation);
    if (events.length === 0)
      return tell(`No event is parked: all facts up to position ${current.position} are counted.`);
    const stored = await ground.store.readAt([...new Set(events.map(({ position }) => position))]);
    const streams = new Map(stored.map(({ position, stream }) => [position, stream]));
    for (const event of events) tell(lineOf(event, streams.get(event.position)));
    tell(`${events.length} parked. A program that can take them in counts them by: npm run -s cli -- rebuild`);
  },
});

const lineOf = ({ position, type, fair, projection, error, parkedAt }: ParkedEvent, stream = '?'): string =>
  `position ${position}, ${type}, stream ${stream}, fair ${fair}, since ${parkedAt.toISOString()}: ${projection}: ${error}`;
