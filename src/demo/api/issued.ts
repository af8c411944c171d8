import type { Pass } from '../plan/gate/parties.ts';

/** What the platform gave out, as its holders keep it: passes, poster codes and the tokens of phones. */
export class Issued {
  readonly passes = new Map<string, { readonly token: string; readonly shortCode: string | null }>();
  readonly posterCodes = new Map<string, string>();
  /** Own links of applicants, by application. */
  readonly links = new Map<string, string>();
  /** Bearer tokens by the id of the device or exhibitor. */
  readonly tokens = new Map<string, string>();

  passOf({ id }: Pass): { readonly token: string; readonly shortCode: string | null } {
    return known(this.passes.get(id), `pass ${id}`);
  }

  posterCodeOf(gate: string): string {
    return known(this.posterCodes.get(gate), `the poster of gate ${gate}`);
  }
}

function known<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`${what} is used before it was given out`);
  return value;
}
