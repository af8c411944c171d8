/** Waits until the earlier items of the same stream are done. */
export type Turn = (stream: string) => Promise<void>;

/**
 * Performs many items at once, but those of one stream one after another, in the order given. Which stream an item
 * writes to is known only when it asks for its turn; so the first turn is given when every item has asked, or is done
 * without.
 * @param perform must not throw; its own `turn` is asked for once, later askings pass
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  perform: (item: Item, turn: Turn) => Promise<Result>,
): Promise<Result[]> {
  const streams = new Map<number, string | null>();
  const done = items.map(() => Promise.withResolvers<void>());
  const everybodyAsked = Promise.withResolvers<void>();

  const ask = (index: number, stream: string | null): void => {
    if (streams.has(index)) return;
    streams.set(index, stream);
    if (streams.size === items.length) everybodyAsked.resolve();
  };
  const earlierOne = (index: number, stream: string): number =>
    items.findLastIndex((_, at) => at < index && streams.get(at) === stream);

  return Promise.all(
    items.map(async (item, index) => {
      const turn = async (stream: string): Promise<void> => {
        if (streams.has(index)) return;
        ask(index, stream);
        await everybodyAsked.promise;
        await done[earlierOne(index, stream)]?.promise;
      };
      try {
        return await perform(item, turn);
      } finally {
        ask(index, null);
        done[index]?.resolve();
      }
    }),
  );
}
