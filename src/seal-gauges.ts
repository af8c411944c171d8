import { Gauge, type Registry } from 'prom-client';
import type { SealLag } from './seal/seal-lag.ts';

export type SealingNow = {
  /** Whether this node has found a log that it must not sign. */
  readonly isRefused: () => boolean;
  /** Fails where the database is away. */
  readonly lag: () => Promise<SealLag>;
};

/** While the database is away they say what was true last. */
export function sealGauges({ isRefused, lag }: SealingNow): Gauge[] {
  const registers: Registry[] = [];
  const told = (name: string, help: string, value: (now: SealLag) => number) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const now = await lag().catch(() => undefined);
        if (now) this.set(value(now));
      },
    });
  const refused = new Gauge({
    name: 'seal_refused',
    help: 'Whether this node signs nothing, since the log contradicts what was signed',
    registers,
    collect() {
      this.set(isRefused() ? 1 : 0);
    },
  });
  return [
    told('sealed_size', 'Facts under the last checkpoint', ({ size }) => size),
    told('sealed_position', 'Log position of the last sealed fact', ({ position }) => position),
    told('seal_behind_seconds', 'Since the first fact that is not sealed was recorded', ({ seconds }) => seconds),
    refused,
  ];
}
