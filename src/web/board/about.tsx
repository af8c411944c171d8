import type { Child } from 'hono/jsx';
import { type Figure, type FigureKey, figureUnits, isFigureKey } from '../../contract/figures.ts';
import { formatMoment, formatNumber } from '../format.ts';
import { messagesIn } from '../messages/messages.ts';
import { type AttentionKind, attentionKinds } from './attention.tsx';
import { type BoardView, figureOf } from './board-view.ts';
import { aboutId } from './opens.tsx';
import { Value } from './value.tsx';

/** One dialog for each figure and each kind of fact to look at. */
export const Abouts = ({ view }: { view: BoardView }) => (
  <div id="abouts">
    {Object.keys(figureUnits)
      .filter(isFigureKey)
      .map((key) => (
        <AboutFigure view={view} figureKey={key} />
      ))}
    {attentionKinds.map((kind) => (
      <AboutAttention view={view} kind={kind} />
    ))}
  </div>
);

/** Definition, source, exact value, words to publish, status, and the facts behind it. */
const AboutFigure = ({ view, figureKey }: { view: BoardView; figureKey: FigureKey }) => {
  const { figures, language } = view;
  const words = messagesIn(language);
  const { name, rule, source } = words.dictionary[figureKey];
  const figure = figureOf(figures, figureKey);
  return (
    <About
      view={view}
      id={aboutId(figureKey)}
      name={name}
      value={<Value figure={figure} language={language} />}
      facts={figureKey}
    >
      {figure === undefined || figure.wording === null ? null : (
        <Part name={words.about.wording} text={figure.wording[language]} />
      )}
      <Part name={words.about.rule} text={rule} />
      <Part name={words.about.source} text={source} />
      <Part name={words.about.status} text={statusOf(figure, view)} />
    </About>
  );
};

/** Their lists in the API. */
const attentionLists: Readonly<Record<AttentionKind, string>> = {
  parked: 'parked',
  conflicts: 'conflicts',
  unverified: 'unverified',
  late: 'late',
  repeatReads: 'repeat-reads',
  outsideDays: 'outside-days',
  afterClosing: 'after-closing',
};

const AboutAttention = ({ view, kind }: { view: BoardView; kind: AttentionKind }) => {
  const words = messagesIn(view.language);
  const { name, rule } = words.board.attentionKinds[kind];
  const value = <span class="num">{formatNumber(view.figures.attention[kind], view.language)}</span>;
  return (
    <About view={view} id={aboutId(kind)} name={name} value={value} facts={attentionLists[kind]}>
      <Part name={words.about.meaning} text={rule} />
      {kind === 'parked' && view.facts === 'listed' ? (
        <Part name={words.about.toDo} text={words.board.parkedToDo} />
      ) : null}
    </About>
  );
};

type AboutProps = {
  readonly view: BoardView;
  readonly id: string;
  readonly name: string;
  readonly value: Child;
  /** What to ask the API for, for the facts behind it. */
  readonly facts: string;
  readonly children?: Child;
};

const About = ({ view, id, name, value, facts, children }: AboutProps) => {
  const words = messagesIn(view.language).about;
  return (
    <dialog class="about" id={id} aria-labelledby={`${id}-name`} closedby="any">
      <form method="dialog" class="about-close">
        <button class="button button-plain">{words.close}</button>
      </form>
      <h2 id={`${id}-name`}>{name}</h2>
      <p class="about-value">{value}</p>
      <dl class="about-parts">{children}</dl>
      {view.facts === 'hidden' ? null : (
        <section class="facts" aria-labelledby={`${id}-facts`}>
          <h3 id={`${id}-facts`}>{words.facts}</h3>
          <div id={`${id}-list`} data-keep="" data-facts={facts} aria-live="polite" />
        </section>
      )}
    </dialog>
  );
};

const Part = ({ name, text }: { name: string; text: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{text}</dd>
  </div>
);

const statusOf = (figure: Figure | undefined, { figures, language }: BoardView): string => {
  const words = messagesIn(language);
  const status = figure?.status ?? 'not-collected';
  return status === 'not-collected'
    ? words.statusMeaning[status]
    : `${words.status[status]}. ${words.asOf(formatMoment(figures.asOf))}.`;
};
