import type { FairEvent } from '../../events/catalogue.ts';
import { type Device, evolveDevice, unknownDevice } from '../domain/device.ts';
import type { OpenFair } from '../domain/fair.ts';
import type { Command, CommandContext, Decision } from './command.ts';
import { streamOf } from './ids.ts';

type About<Answer> = {
  readonly kind: string;
  readonly id: string;
  readonly device: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly decide: (device: Device, fair: OpenFair) => Decision;
  readonly answer: (event: FairEvent) => Answer;
};

/** A command about one gate device; it happens when it is asked for. */
export const deviceCommand = <Answer>(
  { fair, now }: CommandContext,
  { device, content, ...about }: About<Answer>,
): Command<Device, Answer> => ({
  ...about,
  stream: streamOf(fair, 'device', device),
  content: { ...content, device },
  occurredAt: now,
  initial: unknownDevice,
  evolve: evolveDevice,
});
