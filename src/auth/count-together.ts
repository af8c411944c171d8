/**
 * Counts with whoever else counts the same: calls back with what they counted. Everybody hears of the others within a
 * moment, not before each decision, so that nobody waits.
 * @returns the way to tell them what one counted oneself
 */
type Join = (heard: (key: string, amount: number) => void) => (key: string, amount: number) => void;

/** `what` is counted, a name that is the same for all who count it. */
export type CountTogether = (what: string) => Join;

export const countAlone: CountTogether = () => () => () => {};
