/** Reads a long list a page at a time, and looks a little ahead. */
export class Cursor<Item> {
  readonly #pages: AsyncIterator<readonly Item[]>;
  #page: readonly Item[] = [];
  #at = 0;
  #isOver = false;
  /** What stopped the reading before its end. */
  failure: unknown;

  constructor(pages: AsyncIterable<readonly Item[]>) {
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** The item so many further on; undefined beyond the end. */
  async peek(ahead = 0): Promise<Item | undefined> {
    while (this.#at + ahead >= this.#page.length && !this.#isOver) {
      const next = await this.#next();
      if (next.done === true) this.#isOver = true;
      else {
        this.#page = [...this.#page.slice(this.#at), ...next.value];
        this.#at = 0;
      }
    }
    return this.#page[this.#at + ahead];
  }

  async #next(): Promise<IteratorResult<readonly Item[]>> {
    try {
      return await this.#pages.next();
    } catch (error) {
      this.failure = error;
      return { done: true, value: undefined };
    }
  }

  skip(count = 1): void {
    this.#at += count;
  }
}
