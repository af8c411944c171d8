import type { ProjectorDatabase } from './database.ts';
import { beat, type Lease } from './lease.ts';

/** Another node takes over what was silent for four seconds. */
const everySeconds = 1;

/**
 * Works for as long as it takes without moving the generation on, and says all the while that its holder lives. The work
 * must hold no lock on the generation's row.
 * @throws LeaseLost where somebody else has the generation by the end; what was found is void then
 */
export async function whileBeating<Answer>(
  db: ProjectorDatabase,
  lease: Lease,
  work: () => Promise<Answer>,
): Promise<Answer> {
  let beating: Promise<void> | undefined;
  const timer = setInterval(() => {
    // One that fails is made up for by the next, and by the last.
    beating ??= beat(db, lease)
      .catch(() => {})
      .finally(() => (beating = undefined));
  }, everySeconds * 1000);
  try {
    const answer = await work();
    await beat(db, lease);
    return answer;
  } finally {
    clearInterval(timer);
    await beating;
  }
}
