import type { DataOf } from '../../events/catalogue.ts';
import { evolveBooth, releaseBooth as decide, unplannedBooth } from '../domain/booth.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { boothStream } from './ids.ts';

export type BoothReleased = { readonly outcome: 'released' };
export type ReleaseOfBooth = Omit<DataOf<'BoothReleased'>, 'exhibitor'>;

/** Ends one assignment of a booth; the booth is available again. `occurredAt` in ms, now unless a reaction says when. */
export const releaseBooth = (
  ports: CommandPorts,
  context: CommandContext,
  release: ReleaseOfBooth,
  { occurredAt }: { readonly occurredAt: number } = { occurredAt: context.now },
): Promise<Handled<BoothReleased>> =>
  run(ports, context, {
    kind: 'booth-release',
    id: release.release,
    stream: boothStream(context.fair, release.booth),
    content: release,
    occurredAt,
    initial: unplannedBooth,
    evolve: evolveBooth,
    decide: (booth, fair) => decide(booth, release, { fair, occurredAt }),
    answer: () => ({ outcome: 'released' }),
  });
