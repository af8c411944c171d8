import pg from 'pg';

/**
 * What a failed statement says about trying again:
 * `away` – the server cannot be asked now; whether the statement took effect is unknown,
 * `race` – it lost against another transaction and changed nothing,
 * `refused` – the server does not take it, now or later.
 */
export type FailureKind = 'away' | 'race' | 'refused';

/** By SQLSTATE; an error without one came from the connection, or from a statement that could not even be built. */
export function failureKind(error: unknown): FailureKind {
  if (error instanceof TypeError || error instanceof RangeError) return 'refused';
  const code = error instanceof pg.DatabaseError ? (error.code ?? '') : '';
  if (races.has(code)) return 'race';
  return code === '' || awayClasses.has(code.slice(0, 2)) || anew.has(code) ? 'away' : 'refused';
}

/** Serialization failure, deadlock, unique violation (the next try sees the other's row), lock not available. */
const races = new Set(['40001', '40P01', '23505', '55P03']);

/** Connection, insufficient resources, operator intervention, system error. */
const awayClasses = new Set(['08', '53', '57', '58']);

/** A new connection helps: this one leads to what became a standby, or its prepared statements were forgotten. */
const anew = new Set(['25006', '26000']);
