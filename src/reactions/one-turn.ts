import { UnknownEventType } from '../../events/catalogue.ts';
import type { Log } from '../log.ts';
import { reactToNext, reactToParked, reportFailures } from './catch-up.ts';
import type { ReactionPorts } from './follow.ts';
import { type Progress, type ProgressKeeper, type Turn, TurnLost } from './progress.ts';

export type OneTurnPorts = ReactionPorts & {
  readonly progress: ProgressKeeper;
  readonly log: Pick<Log, 'warn' | 'error'>;
};

/** Facts read at once; one may be a catalogue's chunk of 128 KB. */
const batchMax = 250;

/**
 * Reacts to all there is and gives the turn back, for runtimes in which nothing runs between requests. Whoever has the
 * turn looks at the log once more after giving it back, so that nothing appended meanwhile stays behind.
 * @param options.secondsMax no batch is begun later than this
 */
export async function reactInOneTurn(ports: OneTurnPorts, options: { readonly secondsMax: number }): Promise<void> {
  const until = Date.now() + options.secondsMax * 1000;
  try {
    for (;;) {
      const turn = await ports.progress.take();
      if (!turn) return;
      const { position } = await reactToAll(ports, turn, until);
      if (Date.now() >= until || (await ports.store.head()) <= position) return;
    }
  } catch (error) {
    if (error instanceof TurnLost) return;
    const known = error instanceof UnknownEventType;
    ports.log.warn({ err: error }, known ? 'a newer node has to react' : 'reactions wait for the log');
  }
}

async function reactToAll(ports: OneTurnPorts, turn: Turn, until: number): Promise<Progress> {
  try {
    let { progress } = turn;
    if (progress.parked.length > 0) ({ progress } = reportFailures(ports.log, await reactToParked(ports, progress)));
    while (Date.now() < until) {
      const step = reportFailures(ports.log, await reactToNext(ports, progress, batchMax));
      progress = step.progress;
      await turn.save(progress);
      if (step.read < batchMax) break;
    }
    return progress;
  } finally {
    await turn.release();
  }
}
