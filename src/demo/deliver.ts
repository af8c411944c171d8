import { setTimeout as sleep } from 'node:timers/promises';
import { Delivered } from '../contract/deliveries.ts';
import { booksWrite } from './api/books-writes.ts';
import type { FairClient } from './api/fair-client.ts';
import { gateWrite, type Sending } from './api/gate-writes.ts';
import type { Issued } from './api/issued.ts';
import type { PhoneClock } from './api/times.ts';
import { itemOf, pathOf, type Write } from './api/write.ts';
import { checkAnswer, FactAnswer } from './check-answer.ts';
import type { Delivery, Fact } from './plan/deliveries.ts';
import type { Progress } from './progress.ts';

type Written = { readonly fact: Fact; readonly write: Write };
export type Line = {
  readonly client: FairClient;
  readonly issued: Issued;
  readonly progress: Progress;
  readonly clock: PhoneClock;
};

/**
 * Sends one delivery of a phone, as often as it is to be sent, and keeps what a poster gave.
 * @throws Error where an answer is not what the plan knows
 */
export async function deliver(delivery: Delivery, line: Line): Promise<void> {
  const { at, sender, facts, scans, as, times } = delivery;
  const sending = { issued: line.issued, scans, times: line.clock({ ...sender, sentAt: at }) };
  const written = facts.map((fact) => ({ fact, write: writeOf(fact, sending) }));
  const token = line.issued.tokens.get(sender.id);
  for (let time = 0; time < times; time += 1) {
    await (as === 'single' ? sendOneByOne(written, line, token) : sendTogether(written, line, token));
  }
}

function writeOf(fact: Fact, sending: Sending): Write {
  switch (fact.kind) {
    case 'scan':
    case 'poster-scan':
    case 'walk-in':
    case 'arrival':
    case 'void':
      return gateWrite(fact, sending);
    case 'sale':
    case 'return':
    case 'stock-entry':
    case 'books-void':
    case 'statement':
      return booksWrite(fact, sending);
  }
}

async function sendOneByOne(written: readonly Written[], line: Line, token: string | undefined): Promise<void> {
  for (const { fact, write } of written) {
    accept(fact, await line.client.put(pathOf(write), FactAnswer, { body: write.body, token }), line);
  }
}

function accept(fact: Fact, answer: FactAnswer, { issued, progress }: Line): void {
  checkAnswer(fact, answer);
  progress.saw(fact, answer);
  if (fact.kind === 'poster-scan' && answer.token !== undefined) {
    issued.passes.set(fact.pass.id, { token: answer.token, shortCode: null });
  }
}

const busy = new Set([409, 429, 503]);
const pauseMs = 500;
const attemptsMax = 100;

/** Items that the platform was too busy for are sent again. */
async function sendTogether(
  written: readonly Written[],
  line: Line,
  token: string | undefined,
  attemptsLeft = attemptsMax,
): Promise<void> {
  const body = { items: written.map(({ write }) => itemOf(write)) };
  const { items } = await line.client.post('facts', Delivered, { body, token });
  const again = written.filter(({ fact, write }, index) => {
    const { status, body } = items[index] ?? { status: 0, body: null };
    if (status === 200) accept(fact, FactAnswer.parse(body), line);
    else if (!busy.has(status) || attemptsLeft === 0)
      throw new Error(`${write.kind} ${write.id} was answered ${status}: ${JSON.stringify(body)}`);
    return status !== 200;
  });
  if (again.length === 0) return;
  await sleep(pauseMs);
  await sendTogether(again, line, token, attemptsLeft - 1);
}
