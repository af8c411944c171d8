import { freshId } from '../../commands/ids.ts';
import { publicFigures } from '../../figures/document.ts';
import type { ListedFair } from '../../figures/fair-list.ts';
import type { FairSettings } from '../../../events/fair.ts';
import { localDayOf } from '../../web/format.ts';
import { htmlOf } from '../../web/html.ts';
import { homePath, signInPath, verifyPath } from '../../web/paths.ts';
import { boardPage } from '../../web/pages/board.tsx';
import { fairPage } from '../../web/pages/fair.tsx';
import { homePage } from '../../web/pages/home.tsx';
import { signInPage } from '../../web/pages/sign-in.tsx';
import { verifyPage } from '../../web/pages/verify.tsx';
import { welcomePage } from '../../web/pages/welcome.tsx';
import { type Caller, staffRoles } from '../caller.ts';
import { frameOf, htmlResponse, pageQuery } from '../frame.ts';
import { figuresOf, knownFair } from '../known-fair.ts';
import { ownOrigin } from '../links.ts';
import type { Ports } from '../ports.ts';
import { Problem } from '../problems.ts';
import { afterPosition, reached } from '../reached.ts';
import { readAnywhere, readInFair, type Route } from '../route.ts';

/** A page that shows figures may be asked to have seen a write. */
const figuresPageQuery = pageQuery.extend(afterPosition);

const home = readAnywhere({
  path: homePath,
  summary: 'The fairs there are; before the first one, what to do next',
  may: ['public'],
  query: figuresPageQuery,
  handle: async (asked, ports) => {
    const { now, caller, request, query } = asked;
    const frame = frameOf(asked, ports);
    const today = localDayOf(new Date(now).toISOString());
    await reached(ports, query);
    const known = await listedFairs(ports, query);
    if (known.length === 0) {
      const origin = ownOrigin(ports, request);
      return htmlResponse(htmlOf(welcomePage({ ...frame, origin, exampleId: freshId(now), today })), asked);
    }
    const fairs = known.map(({ fair, settings, visits }) => ({ fair: viewOf(fair, settings), visits }));
    const boards = known.map(({ fair }) => fair).filter((fair) => mayOpenBoard(caller, fair));
    return htmlResponse(htmlOf(homePage({ ...frame, fairs, today, boards })), asked);
  },
});

const fair = readInFair({
  path: '/fairs/{fair}',
  summary: 'What a fair is, when and where, and how many came so far',
  may: ['public'],
  query: figuresPageQuery,
  handle: async (asked, ports) => {
    const { fair } = asked.params;
    const { settings } = await knownFair(ports, fair);
    await reached(ports, asked.query);
    const figures = publicFigures(await figuresOf(ports, fair));
    const board = mayOpenBoard(asked.caller, fair) ? 'linked' : 'hidden';
    const page = fairPage({ ...frameOf(asked, ports), fair: viewOf(fair, settings), figures, board });
    return htmlResponse(htmlOf(page), asked);
  },
});

const board = readInFair({
  path: '/fairs/{fair}/board',
  summary: "The fair's live board (bảng theo dõi trực tiếp)",
  may: ['viewer', 'organiser', 'auditor'],
  query: figuresPageQuery,
  handle: async (asked, ports) => {
    const { fair } = asked.params;
    const { settings } = await knownFair(ports, fair);
    await reached(ports, asked.query);
    const figures = await figuresOf(ports, fair);
    const viewer = asked.caller.actor.role;
    const page = boardPage({ ...frameOf(asked, ports), viewer, fair: viewOf(fair, settings), figures });
    return htmlResponse(htmlOf(page), asked);
  },
});

const signIn = readAnywhere({
  path: signInPath,
  summary: 'Where a one-time link leads; nothing is used up before its button is pressed',
  may: ['public'],
  query: pageQuery,
  handle: async (asked, ports) => htmlResponse(htmlOf(signInPage(frameOf(asked, ports))), asked),
});

const verify = readAnywhere({
  path: verifyPath,
  summary: 'Checks a receipt of a fact in the browser (Kiểm chứng)',
  may: ['public'],
  query: pageQuery,
  handle: async (asked, ports) => {
    const page = verifyPage({ ...frameOf(asked, ports), origin: ownOrigin(ports, asked.request) });
    return htmlResponse(htmlOf(page), asked);
  },
});

const viewOf = (id: string, settings: FairSettings) => ({ id, ...settings });

/** @throws Problem 503 while the log is being counted; an empty one holds no fair. */
async function listedFairs(
  { fairList, store }: Pick<Ports, 'fairList' | 'store'>,
  query: { readonly after?: number | undefined },
): Promise<readonly ListedFair[]> {
  const fairs = await fairList(query);
  if (fairs) return fairs;
  if ((await store.head()) === 0) return [];
  throw new Problem('busy', { retryAfterSeconds: 1, detail: 'The figures are being counted.' });
}

const mayOpenBoard = ({ actor, fair: own }: Caller, fair: string): boolean =>
  staffRoles.includes(actor.role) && (own === null || own === fair);

export const pages: readonly Route[] = [home, fair, board, signIn, verify];
