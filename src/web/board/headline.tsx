import type { Child } from 'hono/jsx';
import type { FigureKey } from '../../contract/figures.ts';
import { formatNumber } from '../format.ts';
import { messagesIn } from '../messages/messages.ts';
import { type BoardView, figureOf } from './board-view.ts';
import { Opens } from './opens.tsx';
import { formatValue, hedgesOf } from './value.tsx';

/** The four numbers that matter, large. */
export const Headline = ({ view }: { view: BoardView }) => {
  const { figures, fair, language } = view;
  const words = messagesIn(language).board;
  const others = (key: FigureKey, text: (value: string) => string) => {
    const figure = figureOf(figures, key);
    return figure === undefined || figure.value === null ? null : text(formatValue(figure, language));
  };
  return (
    <ul class="headline" id="headline">
      <Item view={view} figure="visits" pigment="son">
        {fair.days.includes(figures.today.day) || figures.today.visits !== 0 ? (
          <>
            <b class="headline-today num" data-beat="today">
              {formatNumber(figures.today.visits, language)}
            </b>{' '}
            {figures.knownAt === undefined ? words.today : messagesIn(language).past.thatDay}
          </>
        ) : null}
      </Item>
      <Item view={view} figure="inside-now" pigment="la">
        {others('peak-inside', words.peak)}
      </Item>
      <Item view={view} figure="organisations-present" pigment="cham">
        {others('organisations-registered', words.ofRegistered)}
      </Item>
      <Item view={view} figure="copies-declared" pigment="hoe">
        {others('titles', words.inTitles)}
      </Item>
    </ul>
  );
};

type ItemProps = {
  readonly view: BoardView;
  readonly figure: FigureKey;
  readonly pigment: 'son' | 'la' | 'cham' | 'hoe';
  readonly children?: Child;
};

const Item = ({ view: { figures, language }, figure, pigment, children }: ItemProps) => {
  const words = messagesIn(language);
  const shown = figureOf(figures, figure);
  const value = formatValue(shown, language);
  const hedges = hedgesOf(shown, language);
  return (
    <li class={`headline-item print-${pigment} ${isWide(figure, value) ? 'headline-item-wide' : ''}`}>
      <Opens about={figure} language={language}>
        <span class="headline-name opens-name">{words.dictionary[figure].name}</span>
        <span class="headline-value num" data-beat={figure}>
          {value}
        </span>
        <span class="headline-aside">
          {hedges.length === 0 ? null : `${hedges.join(', ')}, `}
          {children}
        </span>
      </Opens>
    </li>
  );
};

/** On a phone two short numbers share a row; visits always have their own. */
const isWide = (figure: FigureKey, value: string): boolean => figure === 'visits' || value.length > 5;
