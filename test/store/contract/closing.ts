import { expect, test } from 'vitest';
import { StoreClosed } from '../../../src/store/event-store.ts';
import type { OpenStore } from '../contract.ts';
import { someItem } from '../some-items.ts';

/** After the end. */
export function closes(open: OpenStore): void {
  test('a closed store says so to whoever still asks, and may be closed again', async () => {
    const { store, close } = await open();
    const stop = store.onAppend(() => {});
    await store.append([someItem()]);
    await store.close();
    for (const ask of [
      () => store.append([someItem()]),
      () => store.load([{ stream: 'a', afterVersion: 0 }]),
      () => store.read(0, 1),
      () => store.readAt([1]),
      () => store.head(),
    ]) {
      await expect(ask()).rejects.toThrow(StoreClosed);
    }
    stop();
    await close();
  });
}
