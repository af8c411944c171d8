import type { FigureKey } from '../../contract/figures.ts';
import { formatNumber } from '../format.ts';
import { messagesIn } from '../messages/messages.ts';
import { type BoardView, figureOf } from './board-view.ts';
import { Opens } from './opens.tsx';
import { Value } from './value.tsx';

const groups = {
  people: [
    'visits',
    'entries',
    'unique-visitors',
    'inside-now',
    'peak-inside',
    'excluded',
    'schools',
    'classes',
    'pupils',
  ],
  organisations: ['organisations-registered', 'organisations-present', 'booths'],
  books: [
    'titles',
    'catalogue-lines',
    'copies-declared',
    'copies-displayed',
    'copies-sold',
    'copies-donated',
    'copies-left',
  ],
  money: ['revenue', 'revenue-recorded', 'revenue-declared'],
  activities: ['activities-planned', 'activities-held', 'readers', 'circulation'],
} as const satisfies Record<string, readonly FigureKey[]>;

const groupNames = ['people', 'books', 'organisations', 'money', 'activities'] as const;

/** Every figure of the metric dictionary with its value; each opens its definition. */
export const Ledger = ({ view }: { view: BoardView }) => {
  const words = messagesIn(view.language);
  return (
    <section class="ledger" id="ledger" aria-labelledby="ledger-title">
      <h2 id="ledger-title">{words.board.allFigures}</h2>
      <div class="ledger-groups">
        {groupNames.map((group) => (
          <section aria-labelledby={`ledger-${group}`}>
            <h3 id={`ledger-${group}`}>{words.board.groups[group]}</h3>
            <ul>
              {groups[group].map((key) => (
                <li>
                  <Opens about={key} language={view.language} class="ledger-line">
                    <span class="opens-name">{words.dictionary[key].name}</span>
                    <span class="ledger-value">
                      <Value figure={figureOf(view.figures, key)} language={view.language} />
                    </span>
                  </Opens>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <BestSellers view={view} />
      </div>
    </section>
  );
};

const BestSellers = ({ view: { figures, language } }: { view: BoardView }) => {
  const words = messagesIn(language).board;
  if (figures.bestSellers.length === 0) return null;
  return (
    <section id="best-sellers" aria-labelledby="best-sellers-title">
      <h3 id="best-sellers-title">{words.bestSellers}</h3>
      <ol class="best-sellers">
        {figures.bestSellers.map(({ name, code, copies }) => (
          <li>
            <span>{name === '' ? code : name}</span>{' '}
            <span class="num">
              {formatNumber(copies, language)} {words.copies}
            </span>
          </li>
        ))}
      </ol>
      <p class="quiet">{words.bestSellersNote}</p>
    </section>
  );
};
