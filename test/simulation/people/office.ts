import type { Deed, OfficeKind } from '../truth/deed.ts';
import type { Network } from '../world/network.ts';
import type { Timeline } from '../world/timeline.ts';
import { days, settingsBy } from './fair-plan.ts';
import type { Together } from './scanner.ts';

type Desk = {
  readonly actor: { readonly role: 'organiser'; readonly id: string };
  readonly token: string;
  readonly timeline: Timeline;
  readonly network: Network;
};

const retryMs = 45_000;

/** The organiser's office: what it does is sent at once, and again until there is an answer. */
export class Office {
  readonly #desk: Desk;
  readonly #with: Together;
  #asked = 0;

  constructor(desk: Desk, together: Together) {
    this.#desk = desk;
    this.#with = together;
  }

  close(): void {
    this.#do('closing', (id) => `closings/${id}`, {});
  }

  reopen(): void {
    this.#do('reopening', (id) => `reopenings/${id}`, { reason: 'số liệu đến muộn' });
  }

  /** Only the first one of a run is based on what the fair is then. */
  revise(): void {
    const body = settingsBy(this.#with.chance, 'later');
    this.#do('revision', (id) => `revisions/${id}`, body, { ifMatch: '"1"' });
  }

  revokePass(): void {
    const { plan, chance } = this.#with;
    const pass = chance.pickAny(plan.passes);
    if (!pass || plan.knownRevoked.has(pass.id)) return;
    plan.knownRevoked.add(pass.id);
    this.#do('revocation', (id) => `passes/${id}/revocation`, { reason: 'mất thẻ' }, { id: pass.id });
  }

  correct(): void {
    const { chance, plan } = this.#with;
    const body = {
      gate: chance.pickAny(plan.settings.gates)?.code,
      day: chance.pick(days),
      category: chance.pick(['pupil', 'staff']),
      persons: chance.pick([-3, 12]),
      reason: 'đếm lại',
    };
    this.#do('correction', (id) => `corrections/${id}`, body);
  }

  /** Lets a scan count that nobody could verify. */
  acceptScan(): void {
    const { deeds, chance } = this.#with;
    const scans = deeds.all.filter(({ kind, isWrong }) => kind === 'scan' && !isWrong);
    const doubtful = scans.filter(({ shown }) => shown?.is !== 'pass');
    const scan = chance.pickAny(chance.happens(0.8) ? doubtful : scans);
    if (!scan || deeds.all.some(({ kind, id }) => kind === 'acceptance' && id === scan.id)) return;
    const pass = scan.shown?.is === 'pass' ? scan.shown.pass.id : null;
    this.#do('acceptance', (id) => `scans/${id}/acceptance`, { pass }, { id: scan.id });
  }

  #do(
    kind: OfficeKind,
    path: (id: string) => string,
    body: Readonly<Record<string, unknown>>,
    { id = this.#with.naming(kind, this.#desk.timeline.now), ...about }: { id?: string; ifMatch?: string } = {},
  ): void {
    const noted = { kind, id, path: path(id), body, item: undefined, isWrong: false, by: this.#desk.actor, ...about };
    this.#ask(this.#with.deeds.note(noted));
  }

  #ask(deed: Deed): void {
    const { token, network, timeline } = this.#desk;
    if (deed.acknowledged) return;
    this.#asked += 1;
    const path = `/api/fairs/${this.#with.plan.fair}/${deed.path}`;
    network.send({
      deeds: [deed],
      sentAt: undefined,
      asking: { method: 'PUT', path, token, body: deed.body, ...(deed.ifMatch ? { ifMatch: deed.ifMatch } : {}) },
      onAnswer: ([answer]) => {
        if (answer && answer.status < 500 && answer.status !== 429) deed.acknowledged ??= answer;
      },
    });
    timeline.plan(timeline.now + retryMs, `office ${this.#asked}`, () => this.#ask(deed));
  }
}
