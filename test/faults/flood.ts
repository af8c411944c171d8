import { Delivered } from '../../src/contract/deliveries.ts';
import { FactAnswer } from '../../src/demo/check-answer.ts';
import { gates } from '../../src/demo/plan/fair-settings.ts';
import { momentAt, fairDays } from '../../src/demo/plan/calendar.ts';
import { someId } from '../store/some-items.ts';

const deliveries = 60;
const itemsEach = 500;
const occurredAt = momentAt(fairDays[0], '09:00');

type Target = { readonly origin: string; readonly fair: string; readonly token: string };

/** More facts at once than a node lets wait for the log. */
export class Flood {
  /** The position that the answer named, by the fact's id. */
  readonly taken = new Map<string, number>();
  /** How many facts were told to come back. */
  refused = 0;
  readonly #target: Target;
  readonly #ids: readonly string[][] = Array.from({ length: deliveries }, () =>
    Array.from({ length: itemsEach }, someId),
  );

  constructor(target: Target) {
    this.#target = target;
  }

  /** Everything that is not taken yet, once. */
  async send(): Promise<void> {
    const open = this.#ids.map((ids) => ids.filter((id) => !this.taken.has(id)));
    await Promise.all(open.filter((ids) => ids.length > 0).map((ids) => this.#deliver(ids)));
  }

  async sendUntilTaken(): Promise<void> {
    while (this.taken.size < deliveries * itemsEach) await this.send();
  }

  async #deliver(ids: readonly string[]): Promise<void> {
    const { origin, fair, token } = this.#target;
    const body = { gate: gates[0].code, persons: 1, occurredAt };
    const response = await fetch(`${origin}/api/fairs/${fair}/facts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ items: ids.map((id) => ({ kind: 'walk-in', id, body })) }),
    });
    if (!response.ok) throw new Error(`a delivery was answered ${response.status}: ${await response.text()}`);
    for (const { id, status, body: answer } of Delivered.parse(await response.json()).items) {
      if (status === 503) this.refused += 1;
      else this.taken.set(id ?? '', FactAnswer.parse(answer).position ?? 0);
    }
  }
}
