import { type IncomingMessage, request } from 'node:http';
import { z } from 'zod';
import { figuresEvent } from '../../src/contract/live.ts';

/** A live board that somebody looks at. */
export type Board = {
  /** The log's position in each frame so far. */
  readonly positions: readonly number[];
  /** How the stream ended, as soon as it has. */
  readonly end: () => 'in good order' | 'broken' | undefined;
};

/** Opens a fair's live figures over a connection of its own, and resolves with the first frame. */
export async function watchBoard(live: string, token: string): Promise<Board> {
  const asking = request(live, { agent: false, headers: { authorization: `Bearer ${token}` } }).end();
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    asking.on('response', resolve).on('error', reject),
  );
  if (answer.statusCode !== 200) throw new Error(`${live} was answered ${answer.statusCode}`);
  const positions: number[] = [];
  const first = Promise.withResolvers<void>();
  let end: ReturnType<Board['end']>;
  const follow = async (): Promise<void> => {
    let unread = '';
    for await (const text of answer.setEncoding('utf8')) {
      const frames = (unread + text).split('\n\n');
      unread = frames.pop() ?? '';
      for (const frame of frames) {
        const [, event] = /^event: (.*)$/m.exec(frame) ?? [];
        const [, data] = /^data: (.*)$/m.exec(frame) ?? [];
        // Heartbeats come where nothing has changed for long.
        if (event !== figuresEvent || data === undefined) continue;
        positions.push(Figures.parse(JSON.parse(data)).position);
        first.resolve();
      }
    }
  };
  follow().then(
    () => (end = 'in good order'),
    () => (end = 'broken'),
  );
  await first.promise;
  return { positions, end: () => end };
}

const Figures = z.object({ position: z.number() });
