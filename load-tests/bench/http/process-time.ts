import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processor time that a process has used, user and system, in milliseconds: Linux counts it in ticks of 10 ms, and it
 * depends little on what else the machine does. NaN where there is no such process, or no Linux.
 */
export const timeOf = (pid: number): number => (statOf(pid)?.ownTicks ?? Number.NaN) * tickMs;

/** The same of a process with all that it has started, those that have ended included. */
export function timeOfFamily(pid: number): number {
  const parent = statOf(pid);
  const children = processes().filter((stat) => stat.parent === pid);
  const ticks = children.reduce((sum, { ownTicks }) => sum + ownTicks, parent?.familyTicks ?? Number.NaN);
  return ticks * tickMs;
}

const tickMs = 10;

type Stat = { readonly parent: number; readonly ownTicks: number; readonly familyTicks: number };

const processes = (): Stat[] =>
  readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []));

/** `/proc/PID/stat`, see proc(5); what stands before the last bracket is the name, which may hold anything. */
function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, [user = 0, system = 0, endedUser = 0, endedSystem = 0]] = [fields[1], fields.slice(11, 15)];
    const ownTicks = user + system;
    return { parent, ownTicks, familyTicks: ownTicks + endedUser + endedSystem };
  } catch {
    return undefined;
  }
}
