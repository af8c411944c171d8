import { setTimeout as sleep } from 'node:timers/promises';
import { type NodeState, readNodes } from './metrics.ts';

export type Disaster = {
  /** ms since 1970: when the signal was sent. */
  readonly at: number;
  readonly killed: NodeState;
  /** Until another node moved the figures on, and until there were as many nodes as before; null if never. */
  readonly takenOverMs: number | null;
  readonly replacedMs: number | null;
};

const everyMs = 50;
const patienceMs = 30_000;

/**
 * Kills (-9) the node that moves the figures on, and watches what becomes of its work.
 * @throws Error where no node says that it does that work
 */
export async function killProjector(origin: string, nodes: number, signal: AbortSignal): Promise<Disaster> {
  const before = await readNodes(origin);
  const killed = before.find(({ projects }) => projects);
  if (!killed) throw new Error(`no node moves the figures on: ${JSON.stringify(before)}`);
  const at = Date.now();
  process.kill(killed.pid, 'SIGKILL');
  let [takenOverMs, replacedMs]: (number | null)[] = [null, null];
  while (Date.now() - at < patienceMs && (takenOverMs === null || replacedMs === null)) {
    signal.throwIfAborted();
    await sleep(everyMs);
    const now = await readNodes(origin).catch(() => []);
    const living = now.filter(({ pid }) => pid !== killed.pid);
    if (living.some(({ projects }) => projects)) takenOverMs ??= Date.now() - at;
    if (living.length >= nodes) replacedMs ??= Date.now() - at;
  }
  return { at, killed, takenOverMs: takenOverMs ?? null, replacedMs: replacedMs ?? null };
}
