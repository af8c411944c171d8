import type { StoredEvent } from '../../events/envelope.ts';
import { Chance } from '../../src/demo/plan/chance.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import type { FreshDatabase } from '../support/database.ts';
import { outagesBy, type People, planHappenings, settling } from './happenings.ts';
import { momentAt } from './people/fair-plan.ts';
import { namingOf } from './people/naming.ts';
import { Office } from './people/office.ts';
import { type OpenedFair, openFair } from './people/open-fair.ts';
import { Phone } from './people/phone.ts';
import { Scanner, type Together } from './people/scanner.ts';
import { Till } from './people/till.ts';
import { Projectors } from './projectors.ts';
import { type Deed, Deeds } from './truth/deed.ts';
import { type Ground, openGround } from './world/ground.ts';
import { Interleaving } from './world/interleaving.ts';
import { type Forger, Network } from './world/network.ts';
import { type Answer, SimulatedNode } from './world/nodes.ts';
import { Timeline } from './world/timeline.ts';

/** What is left when everything has settled. */
export type Settled = {
  /** Figures that were published in mid run. */
  readonly glances: readonly unknown[];
  readonly opened: OpenedFair;
  readonly deeds: readonly Deed[];
  readonly log: readonly StoredEvent[];
  /** Asks a node as the organiser, below `/api/fairs/{fair}`. */
  readonly ask: (path: string) => Promise<unknown>;
  /** Ms since 1970. */
  readonly now: number;
};

/** What is made wrong on purpose, to show that it is noticed. */
export type Spoilt = {
  readonly forge?: Forger;
  readonly store?: (store: EventStore) => EventStore;
};

type World = {
  readonly seed: string;
  readonly ground: Ground;
  readonly interleaving: Interleaving;
  readonly nodes: readonly SimulatedNode[];
  readonly projectors: Projectors;
};

/**
 * Plays a whole fair on a virtual clock: scanners, tills and an office, an unkind network, nodes that die, projectors
 * that take the lease from each other. The same seed gives the same fair.
 * @param look sees what is left, while it is still there
 */
export async function simulate<Seen>(
  database: FreshDatabase,
  seed: string,
  look: (settled: Settled) => Promise<Seen>,
  spoilt: Spoilt = {},
): Promise<Seen> {
  const timeline = new Timeline(momentAt(-1, '18:00'));
  const ground = openGround(database, timeline, spoilt.store);
  const interleaving = new Interleaving(ground.threads);
  const nodes = [0, 350, -700].map((aheadMs, number) => new SimulatedNode(ground, interleaving, { number, aheadMs }));
  const projectors = new Projectors(database, ground, new Chance(seed, 'projectors'));
  const world = { seed, ground, interleaving, nodes, projectors };
  try {
    await projectors.begin();
    const { opened, deeds } = await populate(world, spoilt.forge);
    planFaults(world);
    const glances = planGlances(world, opened);
    await play(world);
    await projectors.finish();
    const log = await ground.store.read(0, Number.MAX_SAFE_INTEGER);
    return await look({
      glances,
      opened,
      deeds,
      log,
      now: timeline.now,
      ask: (path) => asOrganiser(nodes, opened, path),
    });
  } finally {
    await ground.close();
  }
}

/** Opens the fair, gives everybody a phone, and plans what they do. */
async function populate(
  { seed, ground, nodes }: World,
  forge: Forger = (asking) => asking,
): Promise<{ opened: OpenedFair; deeds: readonly Deed[] }> {
  const { timeline } = ground;
  const [node] = nodes;
  if (!node) throw new Error('there is no node');
  const naming = namingOf(seed);
  const opened = await openFair({ ground, node, seed, naming });
  const network = new Network(timeline, nodes, { seed, kindFrom: settling, forge });
  const deeds = new Deeds();
  const together: Together = { plan: opened.plan, deeds, naming, chance: new Chance(seed, 'people') };
  const { fair } = opened.plan;
  const phone = (role: 'device' | 'till', { id, token }: { id: string; token: string }): Phone => {
    const chance = new Chance(seed, `phone ${id}`);
    const aheadMs = chance.pick([0, 300, 47_000, -184_300, 299_000, -300_000]);
    const outages = outagesBy(chance);
    const batchMax = chance.pick([3, 20, 100]);
    return new Phone({ actor: { role, id }, token, fair, aheadMs, outages, batchMax }, timeline, network, chance);
  };
  const people: People = {
    scanners: opened.devices.map(
      (holder, index) => new Scanner(phone('device', holder), together, ['G1', 'G2', 'G3', 'G1'][index] ?? 'G1'),
    ),
    tills: opened.exhibitors.map((holder) => new Till(phone('till', holder), together)),
    office: new Office(
      { actor: { role: 'organiser', id: opened.organiser.id }, token: opened.organiser.token, timeline, network },
      together,
    ),
    foreign: opened.foreign,
  };
  planHappenings(timeline, people, together);
  return { opened, deeds: deeds.all };
}

/** Nodes die, and the figures are moved on by whoever has the lease, at moments of chance. */
function planFaults({ seed, ground: { timeline }, nodes, interleaving, projectors }: World): void {
  const chance = new Chance(seed, 'faults');
  const begins = momentAt(0, '07:00');
  for (let deaths = chance.between(1, 4); deaths > 0; deaths -= 1) {
    const node = chance.pickAny(nodes);
    timeline.plan(chance.between(begins, settling), `death ${deaths}`, () => {
      if (!node) return;
      interleaving.lose(node.number, chance);
      node.restart();
    });
  }
  for (let steps = chance.between(3, 9); steps > 0; steps -= 1)
    timeline.plan(chance.between(begins, settling), `projector ${steps}`, () => projectors.step());
}

/** Somebody looks at the figures now and then, wherever they are just then. */
function planGlances({ seed, ground: { timeline }, nodes }: World, opened: OpenedFair): readonly unknown[] {
  const chance = new Chance(seed, 'glances');
  const glances: unknown[] = [];
  for (let glance = 1; glance <= 2; glance += 1)
    timeline.plan(chance.between(momentAt(0, '10:00'), settling), `glance ${glance}`, async () => {
      const { status, body } = await read(nodes, opened, '/figures');
      // Until the fair itself has been counted there is nothing to see.
      if (status !== 503) glances.push(body);
    });
  return glances;
}

/** A request is held up for no longer than this, in ms, while something else could happen. */
const heldUpMsMax = 30_000;

/** Lets things happen, and requests go on, in an order of chance, until there is nothing left. */
async function play({ seed, ground: { timeline }, interleaving }: World): Promise<void> {
  const chance = new Chance(seed, 'interleaving');
  for (;;) {
    await interleaving.quiet();
    const pause = timeline.pause();
    const waits = interleaving.waiting.length > 0;
    if (!waits && pause === undefined) return;
    if (waits && (pause === undefined || pause > heldUpMsMax || chance.happens(0.7)))
      interleaving.letOneThrough(chance);
    else await timeline.advance();
  }
}

async function asOrganiser(...asked: Parameters<typeof read>): Promise<unknown> {
  const { status, body } = await read(...asked);
  if (status !== 200) throw new Error(`${asked[2]}: ${status} ${JSON.stringify(body)}`);
  return body;
}

async function read([node]: readonly SimulatedNode[], { plan, organiser }: OpenedFair, path: string): Promise<Answer> {
  if (!node) throw new Error('there is no node');
  return node.ask({ method: 'GET', path: `/api/fairs/${plan.fair}${path}`, token: organiser.token });
}
