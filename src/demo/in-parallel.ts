/**
 * Does the work for every item, so many at once; the order of starting is the order of the items.
 * @throws what the first failing work throws, after those under way have ended; nothing new is started then.
 */
export async function inParallel<Item>(
  items: readonly Item[],
  { atOnce }: { readonly atOnce: number },
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const item of waiting) {
      if (failures.length > 0) return;
      await work(item).catch((failure: unknown) => failures.push(failure));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
