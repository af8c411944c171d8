import type { FiguresDocument } from '../contract/figures.ts';
import { publicFigures } from '../figures/document.ts';
import { type Audience, shownTo } from '../figures/shown.ts';

type Shown<Frame> = { readonly text: string; readonly frame: Frame };

/** What all streams of a fair in this isolate share: plain data, since no stream may write to another's connection. */
type Room<Frame> = {
  readonly shown: { [A in Audience]?: Shown<Frame> };
  document: FiguresDocument | undefined;
  /** The stream whose turn it is to look, for as long as it does. */
  looker: object | undefined;
  /** Milliseconds since 1970. */
  lookedAt: number;
};

export type Rooms<Frame> = Map<string, Room<Frame>>;

type Ports<Frame> = {
  readonly rooms: Rooms<Frame>;
  readonly figures: { document(fair: string): Promise<FiguresDocument | undefined> };
  /** Called once for each frame, however many will see it. */
  readonly frameOf: (document: FiguresDocument | ReturnType<typeof publicFigures>) => Frame;
  /** How often a stream looks for something new, and the one whose turn it is asks the database. */
  readonly everyMs?: number;
  /** A looker that is silent for longer has ended without a word. */
  readonly silentMsMax?: number;
};

const roomsMax = 50;

/**
 * The live figures of one request. One stream of an isolate asks how far the figures of a fair are, at its own
 * database connection, and computes the document once they moved on; the others find its frames in the room they share.
 * When it ends, another one takes its turn.
 */
export class SharedLive<Frame> {
  readonly #ports: Required<Ports<Frame>>;

  constructor(ports: Ports<Frame>) {
    this.#ports = { everyMs: 500, silentMsMax: 3000, ...ports };
  }

  /**
   * Calls back with the fair's frame as soon as there is one, and with every other one after it.
   * @returns the way to stop
   */
  subscribe(fair: string, audience: Audience, listener: (frame: Frame) => void): () => void {
    const room = this.#roomOf(fair);
    const self = {};
    let seen: Shown<Frame> | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const turn = async (): Promise<void> => {
      await this.#lookWhenDue(fair, room, self);
      if (isOver) return;
      const shown = room.shown[audience];
      if (shown && shown !== seen) {
        seen = shown;
        listener(shown.frame);
      }
      timer = setTimeout(() => void turn(), this.#ports.everyMs);
    };
    void turn();
    return () => {
      isOver = true;
      clearTimeout(timer);
      if (room.looker === self) room.looker = undefined;
    };
  }

  #roomOf(fair: string): Room<Frame> {
    const { rooms } = this.#ports;
    const room = rooms.get(fair) ?? { shown: {}, document: undefined, looker: undefined, lookedAt: 0 };
    rooms.delete(fair);
    rooms.set(fair, room);
    const [rested] = rooms.keys();
    if (rooms.size > roomsMax && rested !== undefined) rooms.delete(rested);
    return room;
  }

  async #lookWhenDue(fair: string, room: Room<Frame>, self: object): Promise<void> {
    const isSilent = Date.now() - room.lookedAt > this.#ports.silentMsMax;
    if (room.looker !== undefined && room.looker !== self && !isSilent) return;
    room.looker = self;
    room.lookedAt = Date.now();
    try {
      const document = await this.#ports.figures.document(fair);
      if (document && document !== room.document) this.#show(room, document);
    } catch {
      // The database is away; the last frame stays, its time says how old it is.
    }
  }

  #show(room: Room<Frame>, document: FiguresDocument): void {
    if (room.document && document.position < room.document.position) return;
    room.document = document;
    for (const [audience, told] of [
      ['viewers', document],
      ['everybody', publicFigures(document)],
    ] as const) {
      const text = shownTo(audience, told);
      if (room.shown[audience]?.text !== text) room.shown[audience] = { text, frame: this.#ports.frameOf(told) };
    }
  }
}
