import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { FiguresDocument, PublicFigures } from '../../src/contract/figures.ts';
import { figuresEvent } from '../../src/contract/live.ts';
import { assetsDirectory } from '../../src/web/assets.ts';
import { buildAssets } from '../../src/web/build.ts';
import { htmlOf } from '../../src/web/html.ts';
import { languageOf } from '../../src/web/language.ts';
import { boardPage } from '../../src/web/pages/board.tsx';
import { fairPage } from '../../src/web/pages/fair.tsx';
import { homePage } from '../../src/web/pages/home.tsx';
import type { Frame } from '../../src/web/pages/layout.tsx';
import { pastPage } from '../../src/web/pages/past.tsx';
import { type PageProblem, problemPage } from '../../src/web/pages/problem.tsx';
import { signInPage } from '../../src/web/pages/sign-in.tsx';
import { verifyPage } from '../../src/web/pages/verify.tsx';
import { welcomePage } from '../../src/web/pages/welcome.tsx';
import { logKeysPath, receiptPath } from '../../src/web/paths.ts';
import { receiptOf, signer } from '../web/receipt/sample-receipt.ts';
import { facts, parkedFacts } from '../web/sample-facts.ts';
import { emptyFigures, fair, figures, finalFigures, fullFigures, publicOf } from '../web/samples.ts';

/** Every page in every state that a reader may meet, by its path in the preview. */
export const previewPaths = [
  '/welcome',
  '/welcome-signed-in',
  '/home',
  '/fair',
  '/fair-empty',
  '/fair-final',
  '/board',
  '/board-viewer',
  '/board-empty',
  '/board-full',
  '/board-final',
  '/past',
  '/past-empty',
  '/past-wrong',
  '/sign-in',
  '/verify',
  '/problem-not-found',
  '/problem-forbidden',
  '/problem-unauthorised',
  '/problem-busy',
  '/problem-failed',
] as const;

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const mediaTypes: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
  woff: 'font/woff',
};

export type Preview = {
  readonly origin: string;
  /** Sends a document to every page that is open now or later. */
  readonly send: (document: FiguresDocument | PublicFigures) => void;
  readonly close: () => Promise<void>;
};

/** The pages over HTTP as the real server mounts them, strict policy included, with figures that the caller decides. */
export async function startPreview(port = 0): Promise<Preview> {
  const assets = await buildAssets();
  const listeners = new Set<(document: FiguresDocument | PublicFigures) => void>();
  let current: FiguresDocument | PublicFigures | undefined;
  const app = new Hono();

  app.get('/assets/:file', async (context) => {
    const file = context.req.param('file');
    return context.body(await readFile(join(assetsDirectory, file)), 200, {
      'Content-Type': mediaTypes[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    });
  });
  app.get('/api/fairs/:fair/live', (context) =>
    streamSSE(context, async (stream) => {
      const write = (document: FiguresDocument | PublicFigures) =>
        void stream.writeSSE({ event: figuresEvent, id: String(document.position), data: JSON.stringify(document) });
      listeners.add(write);
      if (current !== undefined) write(current);
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      listeners.delete(write);
    }),
  );
  app.get('/api/fairs/:fair/figures/:figure/events', (context) =>
    context.json({
      figure: context.req.param('figure'),
      events: context.req.param('figure') === 'parked' ? parkedFacts : facts,
      withheld: 0,
      next: context.req.query('before') === undefined && context.req.param('figure') !== 'parked' ? 18_192 : null,
    }),
  );
  app.post('/api/sessions', async (context) => {
    const { secret }: { secret: string } = await context.req.json();
    return secret === 'good'
      ? context.json({ role: 'viewer', fair: fair.id })
      : context.json({}, secret === 'broken' ? 503 : 401);
  });
  app.get(logKeysPath, (context) => context.json({ keys: [{ key: signer.verifierKey, fromSize: 0 }] }));
  app.get(receiptPath(':position'), (context) => {
    const position = Number(context.req.param('position'));
    if (position > 12) return context.json({}, position > 100 ? 404 : 503);
    return context.json(receiptOf({ leaf: position - 1 }));
  });
  app.put('/api/sessions/revocation', (context) => context.json({ outcome: 'signed-out' }));
  app.get('/', (context) => context.redirect('/welcome'));
  app.get('/favicon.ico', (context) => context.body(null, 404));
  app.get('/:page', (context) => {
    const frame: Frame = { language: languageOf({ query: context.req.query('lang') }), viewer: 'organiser', assets };
    context.header('Content-Security-Policy', policy);
    return context.html(htmlOf(pageOf(context, frame)));
  });

  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`,
    send: (document) => {
      current = document;
      for (const listener of listeners) listener(document);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

const boards: Readonly<Record<string, FiguresDocument>> = {
  board: figures,
  'board-viewer': figures,
  'board-empty': emptyFigures,
  'board-full': fullFigures,
  'board-final': finalFigures,
};

const pageOf = (context: Context, frame: Frame) => {
  const page = context.req.param('page') ?? '';
  const nobody: Frame = { ...frame, viewer: null };
  const document = boards[page];
  if (document !== undefined)
    return boardPage({ ...frame, viewer: page === 'board-viewer' ? 'viewer' : 'organiser', fair, figures: document });
  if (page.startsWith('problem-'))
    return problemPage({ ...nobody, problem: problemOf(page), requestId: '0196390e-1c00-7000-8000-00000000abcd' });
  if (page.startsWith('past'))
    return pastPage({
      ...frame,
      viewer: 'viewer',
      fair,
      asked: { asOf: '2022-04-19T09:31', knownAt: '' },
      figures: page === 'past' ? { ...figures, knownAt: '2022-04-20T02:00:00.000Z' } : undefined,
      ...(page === 'past-wrong' ? { problem: 'wrong' as const } : {}),
    });
  if (page === 'sign-in') return signInPage(nobody);
  if (page === 'verify') return verifyPage({ ...nobody, origin: 'http://localhost:3000' });
  if (page === 'fair') return fairPage({ ...frame, fair, figures: publicOf(figures), board: 'linked' });
  if (page === 'fair-empty')
    return fairPage({
      ...nobody,
      fair: { ...fair, days: ['2022-04-21'] },
      figures: publicOf(emptyFigures),
      board: 'hidden',
    });
  if (page === 'fair-final') return fairPage({ ...nobody, fair, figures: publicOf(finalFigures), board: 'hidden' });
  if (page === 'home') return homePage({ ...frame, today: '2022-04-19', boards: [fair.id], fairs: listed });
  return welcomePage({
    ...(page === 'welcome' ? nobody : { ...frame, viewer: 'owner' }),
    origin: 'http://localhost:3000',
    exampleId: '0196390e-1c00-7000-8000-000000000002',
    today: '2022-04-18',
  });
};

const problems: readonly PageProblem[] = ['not-found', 'forbidden', 'unauthorised', 'busy', 'failed'];

const problemOf = (page: string): PageProblem => problems.find((problem) => page === `problem-${problem}`) ?? 'failed';

const listed = [
  { fair, visits: 5962 },
  {
    fair: {
      ...fair,
      id: 'later',
      name: { vi: 'Ngày hội sách Trường THPT Hàn Thuyên', en: 'Hàn Thuyên High School Book Day' },
      address: 'Trường THPT Hàn Thuyên',
      days: ['2022-05-07'],
    },
    visits: null,
  },
  {
    fair: {
      ...fair,
      id: 'past',
      name: { vi: 'Hội sách Xuân Nhâm Dần' },
      address: 'Thư viện tỉnh',
      days: ['2022-01-28', '2022-01-30'],
    },
    visits: 1_115_000,
  },
];
