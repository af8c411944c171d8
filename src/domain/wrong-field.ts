/** A field of a request that no fair like this one can take: where it is in the body, and what would be right. */
export type WrongField = { readonly field: string; readonly message: string };

/** Bad input that only the fair's own settings could tell: the client is at fault and nothing was decided. */
export type Wrong = { readonly wrong: readonly WrongField[] };

export const wrong = (field: string, message: string): Wrong => ({ wrong: [{ field, message }] });
