import type { Total } from './total.tsx';

const statuses = ['provisional', 'final', 'incomplete'] as const;

/**
 * The public total in a document of the live stream, which is everybody's or, for somebody signed in, the full one;
 * undefined where it is neither. Written by hand, because a phone should not load a schema library for four fields.
 */
export function totalIn(document: unknown): (Total & { readonly position: number }) | undefined {
  if (!isRecord(document)) return undefined;
  const { position, asOf, figures } = document;
  const status = statuses.find((known) => known === document['status']);
  const visits = document['visits'] ?? (isList(figures) ? figures.find(isVisits) : undefined);
  if (typeof position !== 'number' || typeof asOf !== 'string' || status === undefined || !isRecord(visits))
    return undefined;
  const { value } = visits;
  return typeof value === 'number' || value === null ? { position, asOf, status, visits: { value } } : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

const isVisits = (figure: unknown): boolean => isRecord(figure) && figure['key'] === 'visits';
