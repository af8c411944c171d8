import { FiguresDocument, PublicFigures } from '../../src/contract/figures.ts';

type Shown = FiguresDocument | PublicFigures;

/** An open stream of a fair's figures, read frame by frame. */
export type LiveStream = {
  readonly response: Response;
  /** The next frame that shows so many visits; fails when the stream ends before. */
  readonly showing: (visits: number) => Promise<Shown>;
  readonly leave: () => Promise<void>;
};

export async function followLive(origin: string, fair: string, token?: string): Promise<LiveStream> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${origin}/api/fairs/${fair}/live`, { headers });
  const body: ReadableStream<Uint8Array> | null = response.body;
  if (!body || response.status !== 200) throw new Error(`no stream: ${response.status}`);
  const reader = body.getReader();
  const frames = framesOf(reader);
  return {
    response,
    async showing(visits) {
      for (;;) {
        const { value } = await frames.next();
        if (value === undefined) throw new Error(`the stream ended before it showed ${visits} visits`);
        if (visitsIn(value) === visits) return value;
      }
    },
    leave: () => reader.cancel(),
  };
}

async function* framesOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Shown, undefined> {
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return undefined;
    text += decoder.decode(value, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const [, data] = /^event: figures\n(?:id: \d+\n)?data: (.*)$/.exec(event) ?? [];
      if (data !== undefined) yield readShown(JSON.parse(data));
    }
  }
}

/** What viewers are shown, or else what everybody is, and nothing beside it. */
const readShown = (document: unknown): Shown =>
  FiguresDocument.safeParse(document).data ?? PublicFigures.strict().parse(document);

export const visitsIn = (shown: Shown): number | null =>
  'visits' in shown ? shown.visits.value : (shown.figures.find(({ key }) => key === 'visits')?.value ?? null);
