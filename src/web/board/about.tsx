import { type Figure, type FigureKey, figureUnits, isFigureKey } from '../../contract/figures.ts';
import { formatMoment } from '../format.ts';
import { messagesIn } from '../messages/messages.ts';
import { type BoardView, figureOf } from './board-view.ts';
import { aboutId } from './opens.tsx';
import { Value } from './value.tsx';

/** One dialog for each figure: definition, source, exact value, words to publish, status, and the facts behind it. */
export const Abouts = ({ view }: { view: BoardView }) => (
  <div id="abouts">
    {Object.keys(figureUnits)
      .filter(isFigureKey)
      .map((key) => (
        <About view={view} figureKey={key} />
      ))}
  </div>
);

const About = ({ view, figureKey }: { view: BoardView; figureKey: FigureKey }) => {
  const { figures, language } = view;
  const words = messagesIn(language);
  const { name, rule, source } = words.dictionary[figureKey];
  const figure = figureOf(figures, figureKey);
  const id = aboutId(figureKey);
  return (
    <dialog class="about" id={id} aria-labelledby={`${id}-name`} closedby="any">
      <form method="dialog" class="about-close">
        <button class="button button-plain">{words.about.close}</button>
      </form>
      <h2 id={`${id}-name`}>{name}</h2>
      <p class="about-value">
        <Value figure={figure} language={language} />
      </p>
      <dl class="about-parts">
        {figure === undefined || figure.wording === null ? null : (
          <Part name={words.about.wording} text={figure.wording[language]} />
        )}
        <Part name={words.about.rule} text={rule} />
        <Part name={words.about.source} text={source} />
        <Part name={words.about.status} text={statusOf(figure, view)} />
      </dl>
      {view.facts === 'hidden' ? null : (
        <section class="facts" aria-labelledby={`${id}-facts`}>
          <h3 id={`${id}-facts`}>{words.about.facts}</h3>
          <div id={`${id}-list`} data-keep="" data-facts={figureKey} aria-live="polite" />
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
