import type { DataOf, EventType } from '../../events/catalogue.ts';

/** What a decider answers: one fact of these types, or a no from a closed list that changes nothing. */
export type Decided<Type extends EventType, Refusal extends string> =
  | { readonly [T in Type]: { readonly type: T; readonly data: DataOf<T> } }[Type]
  | { readonly refused: Refusal; readonly details?: Readonly<Record<string, unknown>> };

/** What it is about is not there, or is not this caller's: the two are told alike. */
export type Missed = { readonly missed: 'not-found' };
export const notFound: Missed = { missed: 'not-found' };
