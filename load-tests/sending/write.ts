import type { Fact, Sale, Scan, Showing, WalkIn } from '../plan/facts.ts';
import type { Plan } from '../plan/plan.ts';

/** What the platform gave out, in the order of the plan: pass by pass, phone by phone, booth by booth. */
export type Issued = {
  readonly passes: readonly { readonly token: string; readonly shortCode: string }[];
  readonly devices: readonly string[];
  readonly booths: readonly string[];
  /** Sees every figure. */
  readonly viewer: string;
};

/** One fact as it is written over HTTP, by a PUT of its own or as an item of a delivery, without its times. */
export type Write = {
  readonly kind: Fact['kind'];
  /** Behind `/api/fairs/{fair}/`. */
  readonly path: string;
  /** The parts of the path beside the id. */
  readonly parts: { readonly [part: string]: string };
  readonly body: { readonly [field: string]: unknown };
};

/** @throws Error where the fact names what the plan has not */
export function writeOf(fact: Fact, plan: Pick<Plan, 'groups' | 'booths'>, issued: Issued): Write {
  const { kind, id } = fact;
  switch (fact.kind) {
    case 'scan':
      return { kind, path: `scans/${id}`, parts: {}, body: scanBody(fact, issued) };
    case 'walk-in': {
      const { gate, direction, category, persons } = fact;
      return { kind, path: `walk-ins/${id}`, parts: {}, body: { gate, direction, category, persons } };
    }
    case 'arrival': {
      const group = known(plan.groups[fact.group]);
      const body = { gate: fact.gate, persons: fact.persons };
      return { kind, path: `groups/${group}/arrivals/${id}`, parts: { group }, body };
    }
    case 'void':
      return {
        kind,
        path: `voids/${id}`,
        parts: {},
        body: { reason: fact.reason, ...targetOf(fact.of, plan, issued) },
      };
    case 'sale':
    case 'return':
    case 'stock-entry':
      return { kind, ...booksWrite(fact, known(plan.booths[fact.booth])) };
  }
}

function scanBody({ showing, gate, direction, persons, told, expects }: Scan, issued: Issued) {
  const [outcome, reason] = expects.split(' ');
  const decided = reason === undefined ? { outcome } : { outcome, reason };
  return { ...codeOf(showing, issued), gate, direction, persons, ...(told ? { decided } : {}) };
}

function codeOf(showing: Showing, issued: Issued): { readonly token: string } | { readonly shortCode: string } {
  if (showing.kind === 'other') return { token: showing.text };
  const { token, shortCode } = known(issued.passes[showing.pass]);
  if (showing.kind === 'typed') return { shortCode };
  return { token: showing.kind === 'forged' ? forged(token) : token };
}

/** The last three characters are the last two bytes of the signature (base45). */
const forged = (token: string): string => `${token.slice(0, -3)}${token.endsWith('000') ? '111' : '000'}`;

function targetOf(of: Scan | WalkIn | Sale, { booths }: Pick<Plan, 'booths'>, issued: Issued) {
  const { kind, id } = of;
  if (of.kind === 'scan') return { kind, id, ...codeOf(of.showing, issued) };
  return of.kind === 'sale' ? { kind, id, exhibitor: known(booths[of.booth]) } : { kind, id };
}

function booksWrite(
  fact: Exclude<Fact, Scan | WalkIn | { kind: 'void' | 'arrival' }>,
  exhibitor: string,
): Omit<Write, 'kind'> {
  const { id } = fact;
  switch (fact.kind) {
    case 'sale': {
      const { lines, payment } = fact;
      return { path: `exhibitors/${exhibitor}/sales/${id}`, parts: { exhibitor }, body: { lines, payment } };
    }
    case 'return': {
      const { sale, lines } = fact;
      const path = `exhibitors/${exhibitor}/sales/${sale}/returns/${id}`;
      return { path, parts: { exhibitor, sale }, body: { lines } };
    }
    case 'stock-entry': {
      const { stock: kind, copies } = fact;
      return { path: `exhibitors/${exhibitor}/stock/${id}`, parts: { exhibitor }, body: { kind, copies } };
    }
  }
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a fact names what the plan has not');
  return value;
}
