import type { DataOf, EventType } from '../../events/catalogue.ts';

/** What a decider answers: one fact of these types, or a no from a closed list that changes nothing. */
export type Decided<Type extends EventType, Refusal extends string> =
  | { readonly [T in Type]: { readonly type: T; readonly data: DataOf<T> } }[Type]
  | { readonly refused: Refusal };
