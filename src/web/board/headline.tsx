import type { Child } from 'hono/jsx';
import type { FigureKey } from '../../contract/figures.ts';
import { formatNumber } from '../format.ts';
import { messagesIn } from '../messages/messages.ts';
import { type BoardView, figureOf } from './board-view.ts';
import { Opens } from './opens.tsx';
import { formatValue, Value } from './value.tsx';

/** The four numbers that matter, large. */
export const Headline = ({ view }: { view: BoardView }) => {
  const { figures, language } = view;
  const words = messagesIn(language).board;
  const others = (key: FigureKey, text: (value: string) => string) => {
    const figure = figureOf(figures, key);
    return figure === undefined || figure.value === null ? null : text(formatValue(figure, language));
  };
  return (
    <ul class="headline" id="headline">
      <Item view={view} figure="visits" pigment="son">
        <b class="num" data-beat="today">
          {formatNumber(figures.today.visits, language)}
        </b>{' '}
        {words.today}
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

const Item = ({ view, figure, pigment, children }: ItemProps) => (
  <li class={`headline-item print-${pigment}`}>
    <Opens figure={figure} language={view.language}>
      <span class="headline-name">{messagesIn(view.language).dictionary[figure].name}</span>
      <span class="headline-value">
        <Value figure={figureOf(view.figures, figure)} language={view.language} />
      </span>
      <span class="headline-aside">{children}</span>
    </Opens>
  </li>
);
