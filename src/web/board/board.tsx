import type { FiguresDocument } from '../../contract/figures.ts';
import { formatDays, formatMoment } from '../format.ts';
import { nameIn } from '../fair-view.ts';
import type { Language } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';
import { fairPath, pastPath } from '../paths.ts';
import { Abouts } from './about.tsx';
import { Attention } from './attention.tsx';
import type { BoardView } from './board-view.ts';
import { Breakdowns } from './breakdowns.tsx';
import { CurveFigure } from './curve.tsx';
import { Headline } from './headline.tsx';
import { Inside } from './inside.tsx';
import { Ledger } from './ledger.tsx';
import { Opens } from './opens.tsx';
import { Sentence, Warnings } from './sentence.tsx';

/** All of the board that follows the figures: drawn by the server first, then by the live island after every change. */
export const Board = ({ view }: { view: BoardView }) => (
  <>
    <Title view={view} />
    <BoardFigures view={view} />
  </>
);

/** The figures alone, without saying of when they are. */
export const BoardFigures = ({ view }: { view: BoardView }) => (
  <>
    <Headline view={view} />
    <Sentence view={view} />
    <Warnings view={view} />
    <div class="board-middle" id="board-middle">
      <CurveFigure view={view} />
      <div class="board-beside">
        <Inside view={view} />
        <Attention view={view} />
      </div>
    </div>
    <Breakdowns view={view} />
    <Ledger view={view} />
    <Abouts view={view} />
  </>
);

const Title = ({ view: { fair, figures, language } }: { view: BoardView }) => {
  const words = messagesIn(language);
  const day = fair.days.indexOf(figures.today.day);
  return (
    <header class="board-title" id="board-title">
      <div>
        <p class="crumb">
          {words.board.title} <a href={fairPath(fair.id)}>{words.board.publicPage}</a>{' '}
          <a href={pastPath(fair.id)}>{words.past.open}</a>
        </p>
        <h1>{nameIn(figures.name, language)}</h1>
        <p class="board-when">
          {formatDays(fair.days)}
          {day < 0 || fair.days.length < 2 ? null : <b> {words.board.day(day + 1, fair.days.length)}</b>}
        </p>
      </div>
      <div class="board-state">
        <output class="connection" id="connection" data-keep="" data-state="connecting">
          {words.connection.connecting}
        </output>
        <p class="as-of num">{words.asOf(formatMoment(figures.asOf))}</p>
        <Status status={figures.status} language={language} />
      </div>
    </header>
  );
};

type StatusProps = { readonly status: FiguresDocument['status']; readonly language: Language };

/** Whoever sees that figures are incomplete wants to know by what. */
const Status = ({ status, language }: StatusProps) => {
  const stamp = `stamp stamp-${status}`;
  const word = messagesIn(language).status[status];
  if (status !== 'incomplete') return <p class={stamp}>{word}</p>;
  return (
    <Opens about="parked" language={language}>
      <span class={stamp}>
        <span class="opens-name">{word}</span>
      </span>
    </Opens>
  );
};
