import { z } from 'zod';
import type { Category } from '../../../events/fields.ts';
import { signPass } from '../../../src/commands/print-pass.ts';
import { PassKeys } from '../../../src/auth/pass-keys.ts';
import { Chance } from '../../../src/demo/plan/chance.ts';
import type { Pass } from '../truth/deed.ts';
import { givePassKey, type Ground } from '../world/ground.ts';
import type { SimulatedNode } from '../world/nodes.ts';
import { days, type FairPlan, momentAt, settingsBy } from './fair-plan.ts';
import type { Naming } from './naming.ts';

/** A fair with all that the people at it need, set up through the API; `head` is the log's position then. */
export type OpenedFair = {
  readonly plan: FairPlan;
  readonly organiser: { readonly id: string; readonly token: string };
  readonly devices: readonly Holder[];
  readonly exhibitors: readonly Holder[];
  /** A pass of another fair. */
  readonly foreign: string;
  readonly head: number;
};
type Holder = { readonly id: string; readonly token: string };

const kinds: readonly { readonly category: Category; readonly partySize: number; readonly source: Pass['source'] }[] = [
  { category: 'individual', partySize: 1, source: 'pass' },
  { category: 'family', partySize: 4, source: 'pass' },
  { category: 'staff', partySize: 1, source: 'pass' },
  { category: 'pupil', partySize: 2, source: 'pass' },
  { category: 'individual', partySize: 3, source: 'poster' },
  { category: 'family', partySize: 2, source: 'poster' },
];

type Opening = {
  readonly ground: Ground;
  readonly node: SimulatedNode;
  readonly seed: string;
  readonly naming: Naming;
};

export async function openFair(opening: Opening): Promise<OpenedFair> {
  const { ground, seed, naming } = opening;
  const chance = new Chance(seed, 'fair');
  const at = ground.timeline.now;
  const fair = naming('fair', at);
  await givePassKey(ground, fair);
  const owner = await ground.tokenFor('owner', { fair: null, subject: naming('owner', at) });
  const settings = settingsBy(chance, 'first');
  await put(opening, `/api/fairs/${fair}`, settings, owner);
  const organiser = naming('organiser', at);
  const token = await ground.tokenFor('organiser', { fair, subject: organiser });
  const tell = (path: string, body: unknown) => put(opening, `/api/fairs/${fair}/${path}`, body, token);
  const devices: Holder[] = [];
  for (const gate of ['G1', 'G2', 'G3', 'G1']) devices.push(await openDevice(opening, { fair, gate, tell }));
  const passes: Pass[] = [];
  for (const kind of kinds) passes.push(await handOut(opening, { fair, kind, chance, tell }));
  const groups = [{ id: naming('group', at) }, { id: naming('group', at) }];
  for (const [index, { id }] of groups.entries()) await tell(`groups/${id}`, groupOf(index));
  const exhibitors: Holder[] = [];
  for (const name of ['Kim Đồng', 'Phụ nữ']) exhibitors.push(await approve(opening, { fair, name, tell }));
  return {
    plan: { fair, settings, passes, groups, knownRevoked: new Set() },
    organiser: { id: organiser, token },
    devices,
    exhibitors,
    foreign: await foreignPass(opening),
    head: await ground.store.head(),
  };
}

type Telling = { readonly fair: string; readonly tell: (path: string, body: unknown) => Promise<unknown> };

const Secret = z.object({ secret: z.string() });
const Token = z.object({ token: z.string() });

async function openDevice(
  { node, naming, ground }: Opening,
  { gate, tell }: Telling & { readonly gate: string },
): Promise<Holder> {
  const id = naming('device', ground.timeline.now);
  await tell(`devices/${id}`, { label: `Máy quét ${gate}`, gate });
  const { secret } = Secret.parse(
    await tell(`devices/${id}/enrolments/${naming('enrolment', ground.timeline.now)}`, {}),
  );
  const asking = { method: 'POST' as const, path: '/api/enrolments', token: undefined, body: { secret } };
  const { token } = Token.parse((await node.ask(asking)).body);
  return { id, token };
}

const Printed = z.object({ token: z.string(), shortCode: z.string() });

/** Some are issued by the organiser; those a visitor took at a poster are signed without a fact. */
async function handOut(
  { ground, naming }: Opening,
  { fair, kind, chance, tell }: Telling & { readonly kind: (typeof kinds)[number]; readonly chance: Chance },
): Promise<Pass> {
  const id = naming('pass', ground.timeline.now);
  const none = { validFrom: null, validUntil: null };
  if (kind.source === 'poster') {
    const keys = new PassKeys(ground.database, ground.parts.keyring);
    return {
      id,
      ...kind,
      ...none,
      shortCode: null,
      token: await signPass({ passKeys: keys }, { fair, pass: id, ...kind, ...none }),
    };
  }
  const validFrom = chance.happens(0.3) ? momentAt(chance.between(0, 1), '10:00') : null;
  const validUntil = chance.happens(0.3) ? momentAt(chance.between(1, 2), '12:00') : null;
  const { category, partySize, source } = kind;
  const limits = { ...(validFrom === null ? {} : { validFrom }), ...(validUntil === null ? {} : { validUntil }) };
  const printed = Printed.parse(await tell(`passes/${id}`, { category, partySize, ...limits }));
  return { id, category, partySize, source, validFrom, validUntil, ...printed };
}

async function foreignPass({ ground, naming }: Opening): Promise<string> {
  const fair = naming('fair', ground.timeline.now);
  await givePassKey(ground, fair);
  const claims = { fair, pass: naming('pass', ground.timeline.now), source: 'pass', category: 'individual' } as const;
  const keys = new PassKeys(ground.database, ground.parts.keyring);
  return signPass({ passKeys: keys }, { ...claims, partySize: 1, validFrom: null, validUntil: null });
}

async function approve(
  { ground, naming }: Opening,
  { fair, name, tell }: Telling & { readonly name: string },
): Promise<Holder> {
  const id = naming('exhibitor', ground.timeline.now);
  const form = {
    name: `Nhà xuất bản ${name}`,
    shortName: name,
    kind: 'publisher',
    province: '01',
    boothType: 'standard',
    boothsWanted: 1,
    commitments: { version: '2026-01' },
  };
  const contact = { name, email: 'dai-dien@example.com', consents: [{ purpose: 'application', version: '2026-01' }] };
  await tell(`applications/${id}`, { as: 'submitted', form, contact });
  await tell(`applications/${id}/reviews/${naming('review', ground.timeline.now)}`, { decision: 'approve' });
  return { id, token: await ground.tokenFor('till', { fair, subject: id }) };
}

const groupOf = (index: number) => ({
  school: `Trường Tiểu học ${index + 1}`,
  level: 'primary',
  classes: index + 1,
  persons: 40,
  day: days[index] ?? days[0],
  site: 'A',
  slot: '08:00',
});

/** @returns the answer's body @throws where the API says no */
async function put({ node }: Opening, path: string, body: unknown, token: string): Promise<unknown> {
  const answer = await node.ask({ method: 'PUT', path, token, body });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
