import type { Role } from '../../../events/envelope.ts';
import type { FiguresDocument } from '../../contract/figures.ts';
import { BoardFigures } from '../board/board.tsx';
import { type FairBrief, nameIn } from '../fair-view.ts';
import { formatMoment } from '../format.ts';
import type { Language } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';
import { boardPath } from '../paths.ts';
import { type Frame, Layout } from './layout.tsx';

/** What was asked for, as the fields of the form have it: `2026-04-21T17:00` in Vietnam, empty where nothing was. */
export type AskedMoments = { readonly asOf: string; readonly knownAt: string };

export type PastPageProps = Omit<Frame, 'viewer'> & {
  readonly viewer: Role;
  readonly fair: FairBrief;
  readonly asked: AskedMoments;
  /** The figures then, with the moments they are of; undefined before anything was asked. */
  readonly figures: FiguresDocument | undefined;
  /** Why there are none. */
  readonly problem?: 'wrong' | 'unknown';
};

/** The figures as they were, `GET /fairs/{fair}/past?asOf=&knownAt=`: a form and, once asked, what the board said. */
export const pastPage = ({ language, viewer, assets, fair, asked, figures, problem }: PastPageProps) => {
  const words = messagesIn(language);
  return (
    <Layout
      language={language}
      viewer={viewer}
      assets={assets}
      title={`${words.past.title} · ${nameIn(fair.name, language)}`}
      styles="board.css"
      asked={{ ...asked }}
    >
      <div class="board">
        <header class="board-title">
          <div>
            <p class="crumb">
              {nameIn(fair.name, language)} <a href={boardPath(fair.id)}>{words.board.title}</a>
            </p>
            <h1>{words.past.title}</h1>
            <p class="lead">{words.past.lead}</p>
          </div>
        </header>
        <Ask language={language} asked={asked} problem={problem} />
        {figures === undefined ? null : (
          <>
            <Banner language={language} fair={fair} figures={figures} />
            <BoardFigures view={{ language, fair, facts: 'hidden', figures }} />
          </>
        )}
      </div>
    </Layout>
  );
};

type AskProps = Pick<PastPageProps, 'language' | 'asked'> & { readonly problem: PastPageProps['problem'] };

const Ask = ({ language, asked, problem }: AskProps) => {
  const words = messagesIn(language).past;
  return (
    <form class="past-form" method="get">
      {problem === undefined ? null : (
        <p class="notice" id="past-problem" role="alert">
          {words[problem]}
        </p>
      )}
      <Moment name="asOf" label={words.asOf} hint={`${words.asOfHint} ${words.zone}`} value={asked.asOf} />
      <Moment name="knownAt" label={words.knownAt} hint={`${words.knownAtHint} ${words.zone}`} value={asked.knownAt} />
      <p>
        <button type="submit" class="button button-main">
          {words.show}
        </button>
      </p>
    </form>
  );
};

type MomentProps = {
  readonly name: keyof AskedMoments;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
};

const Moment = ({ name, label, hint, value }: MomentProps) => (
  <div>
    <label for={name}>{label}</label>
    <input type="datetime-local" id={name} name={name} value={value} aria-describedby={`${name}-hint`} />
    <p id={`${name}-hint`}>{hint}</p>
  </div>
);

type BannerProps = { readonly language: Language; readonly fair: FairBrief; readonly figures: FiguresDocument };

/** Nobody must take them for the figures of now. */
const Banner = ({ language, fair, figures }: BannerProps) => {
  const words = messagesIn(language);
  const { asOf, knownAt = asOf, status } = figures;
  return (
    <section class="past-banner notice" aria-labelledby="past-banner">
      <h2 id="past-banner">{words.past.bannerTitle}</h2>
      <p class="num">{words.past.banner(formatMoment(asOf), formatMoment(knownAt))}</p>
      <p>
        <span class={`stamp stamp-${status}`}>{words.status[status]}</span>{' '}
        <a href={boardPath(fair.id)}>{words.past.back}</a>
      </p>
    </section>
  );
};
