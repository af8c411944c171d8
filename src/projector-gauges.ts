import { Gauge } from 'prom-client';
import type { Look } from './projector/watch.ts';

export type ProjectorNow = {
  readonly holdsLease: () => boolean;
  /** Whether an event of a newer version has stopped it. */
  readonly isStopped: () => boolean;
  /** Fails where the database is away. */
  readonly look: () => Promise<Look>;
};

/** @param node its number among the nodes behind one port */
export const projectorGauges = (node: number, projector: ProjectorNow): Gauge[] => [
  whetherProjecting(node, projector),
  whetherStopped(projector),
  ...looked(projector).map(gaugeOf),
];

const registers: never[] = [];

const whetherProjecting = (node: number, { holdsLease }: ProjectorNow) =>
  new Gauge({
    name: 'node_projects',
    help: 'Whether this node moves the figures on: 1 for one node of all, 0 for the others',
    labelNames: ['node'],
    registers,
    collect() {
      this.set({ node: String(node) }, holdsLease() ? 1 : 0);
    },
  });

const whetherStopped = ({ isStopped }: ProjectorNow) =>
  new Gauge({
    name: 'projection_stopped',
    help: 'Whether an event of a newer version of the program has stopped the projector of this node',
    registers,
    collect() {
      this.set(isStopped() ? 1 : 0);
    },
  });

type Looked = {
  readonly name: string;
  readonly help: string;
  /** Undefined where there is nothing to say, and no sample then. */
  readonly value: () => Promise<number | undefined>;
};

/** The same of all nodes, whichever works. */
const looked = ({ look }: ProjectorNow): Looked[] => [
  {
    name: 'projection_behind_events',
    help: 'Events of the log that are not in the figures',
    value: async () => (await look()).lag.events,
  },
  {
    name: 'projection_behind_seconds',
    help: 'Since the first event that is not in the figures was recorded',
    value: async () => (await look()).lag.seconds,
  },
  {
    name: 'projection_parked_events',
    help: 'Events that are in no figure, because a projection could not take them in',
    value: async () => (await look()).parkedEvents,
  },
  {
    name: 'projection_building_position',
    help: 'Log position that figures have reached which are being counted anew, by an upgrade or a rebuild',
    value: async () => (await look()).building?.position,
  },
  {
    name: 'projection_building_remaining_events',
    help: 'Events that figures which are being counted anew have still to go',
    value: async () => remainingEvents(await look()),
  },
  {
    name: 'projection_building_events_per_second',
    help: 'How fast figures are being counted anew, since the last look or over ten seconds',
    value: async () => (await look()).building?.eventsPerSecond,
  },
  {
    name: 'projection_building_remaining_seconds',
    help: 'How long figures which are being counted anew still take at this rate',
    value: async () => (await look()).building?.remainingSeconds,
  },
];

const remainingEvents = ({ building }: Look): number | undefined =>
  building && Math.max(0, building.head - building.position);

/** While the database is away it says what was true last. */
const gaugeOf = ({ name, help, value }: Looked): Gauge =>
  new Gauge({
    name,
    help,
    registers,
    async collect() {
      await value().then(
        (now) => (now === undefined ? this.remove() : this.set(now)),
        () => {},
      );
    },
  });
