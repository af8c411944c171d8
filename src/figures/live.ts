import type { FiguresDocument, PublicFigures } from '../contract/figures.ts';
import { publicFigures } from './document.ts';
import { type Audience, shownTo } from './shown.ts';
import type { Figures } from './figures.ts';

export type LivePorts<Frame> = {
  readonly figures: Pick<Figures, 'document'>;
  /** Calls back when figures moved on; `fairs` null for any of them. @returns the way to stop */
  readonly changes: { subscribe(listener: (change: { readonly fairs: readonly string[] | null }) => void): () => void };
  /** Called once for each frame, however many will see it. */
  readonly frameOf: (document: FiguresDocument | PublicFigures) => Frame;
  /** From the end of one look at a fair to the next one. */
  readonly everyMs?: number;
};

type Shown<Frame> = { readonly text: string; readonly frame: Frame };

type Room<Frame> = {
  readonly fair: string;
  readonly listeners: { readonly [A in Audience]: Set<(frame: Frame) => void> };
  readonly shown: { [A in Audience]?: Shown<Frame> };
  timer: NodeJS.Timeout | undefined;
  /** `looking-again`: what changed since this look began is not in it for certain. */
  look: 'none' | 'looking' | 'looking-again';
  /** When the last look ended. */
  lookedAt: number;
  /** Of the last document. */
  position: number;
};

const minuteMs = 60_000;
const retryMs = 2000;
/** Each costs about 70 µs of writing to a connection. */
const toldAtOnce = 32;

/** One frame of each fair for all who look at it, drawn anew when its figures change, and at each minute for who is inside. */
export class LiveFigures<Frame> {
  readonly #ports: LivePorts<Frame>;
  readonly #everyMs: number;
  readonly #rooms = new Map<string, Room<Frame>>();
  readonly #unsubscribe: () => void;
  readonly #minutes: NodeJS.Timeout;

  constructor(ports: LivePorts<Frame>) {
    this.#ports = ports;
    this.#everyMs = ports.everyMs ?? 200;
    this.#unsubscribe = ports.changes.subscribe(({ fairs }) => this.#changed(fairs));
    this.#minutes = setInterval(() => this.#changed(null), minuteMs).unref();
  }

  /**
   * Calls back with the fair's frame as soon as there is one, and with every other one after it.
   * @returns the way to stop
   */
  subscribe(fair: string, audience: Audience, listener: (frame: Frame) => void): () => void {
    const room = this.#roomOf(fair);
    const own = (frame: Frame) => listener(frame);
    room.listeners[audience].add(own);
    const shown = room.shown[audience];
    if (shown) own(shown.frame);
    this.#lookSoon(room);
    return () => {
      room.listeners[audience].delete(own);
      if (room.listeners.viewers.size + room.listeners.everybody.size === 0) this.#leave(room);
    };
  }

  close(): void {
    this.#unsubscribe();
    clearInterval(this.#minutes);
    for (const room of this.#rooms.values()) this.#leave(room);
  }

  #roomOf(fair: string): Room<Frame> {
    const known = this.#rooms.get(fair);
    if (known) return known;
    const listeners = { viewers: new Set<(frame: Frame) => void>(), everybody: new Set<(frame: Frame) => void>() };
    const room: Room<Frame> = {
      fair,
      listeners,
      shown: {},
      timer: undefined,
      look: 'none',
      lookedAt: -Infinity,
      position: 0,
    };
    this.#rooms.set(fair, room);
    return room;
  }

  #leave(room: Room<Frame>): void {
    clearTimeout(room.timer);
    if (this.#rooms.get(room.fair) === room) this.#rooms.delete(room.fair);
  }

  #changed(fairs: readonly string[] | null): void {
    for (const room of this.#rooms.values()) if (fairs === null || fairs.includes(room.fair)) this.#lookSoon(room);
  }

  /** What changes while a look is due is seen by it; there is never more than one at a time. */
  #lookSoon(room: Room<Frame>): void {
    if (room.look !== 'none') room.look = 'looking-again';
    if (room.timer !== undefined || room.look !== 'none') return;
    const wait = Math.max(0, room.lookedAt + this.#everyMs - performance.now());
    room.timer = setTimeout(() => void this.#look(room), wait);
  }

  async #look(room: Room<Frame>): Promise<void> {
    room.timer = undefined;
    const outcome = await this.#showNow(room);
    const isChanged = room.look === 'looking-again';
    room.look = 'none';
    room.lookedAt = performance.now();
    if (this.#rooms.get(room.fair) !== room) return;
    if (outcome === 'failed') room.timer = setTimeout(() => void this.#look(room), retryMs).unref();
    else if (isChanged) this.#lookSoon(room);
  }

  /** Where the database is away the last frame stays; its time says how old it is. */
  async #showNow(room: Room<Frame>): Promise<'done' | 'failed'> {
    room.look = 'looking';
    try {
      const document = await this.#ports.figures.document(room.fair);
      if (!document || document.position < room.position) return 'done';
      room.position = document.position;
      this.#show(room, 'viewers', document);
      this.#show(room, 'everybody', publicFigures(document));
      return 'done';
    } catch {
      return 'failed';
    }
  }

  #show(room: Room<Frame>, audience: Audience, document: FiguresDocument | PublicFigures): void {
    const text = shownTo(audience, document);
    if (room.shown[audience]?.text === text) return;
    const shown = { text, frame: this.#ports.frameOf(document) };
    room.shown[audience] = shown;
    this.#tell(room, audience, shown);
  }

  /** Some in each turn of the event loop, so that no gate waits until hundreds are told; a newer frame goes to the rest. */
  #tell(room: Room<Frame>, audience: Audience, shown: Shown<Frame>): void {
    const listeners = room.listeners[audience];
    const all = [...listeners];
    const tellFrom = (first: number): void => {
      if (room.shown[audience] !== shown) return;
      const next = first + toldAtOnce;
      for (const listener of all.slice(first, next)) if (listeners.has(listener)) listener(shown.frame);
      if (next < all.length) setImmediate(tellFrom, next);
    };
    tellFrom(0);
  }
}
