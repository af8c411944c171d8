import { totalIn } from '../fair/total-in.ts';
import { VisitsTotal } from '../fair/total.tsx';
import { htmlOf } from '../html.ts';
import { languageOf } from '../language.ts';
import { showConnection } from './connection.ts';
import { follow } from './follow.ts';
import { redrawing } from './redraw.ts';

/** Keeps the public total true. */
const startTotal = (place: HTMLElement): void => {
  const language = languageOf({ query: place.dataset['language'] });
  const redraw = redrawing(place);
  const connection = showConnection(language);
  let position = 0;
  follow(place.dataset['fair'] ?? '', {
    connection,
    figures: (text) => {
      const total = totalIn(JSON.parse(text));
      if (total === undefined) return connection('outdated');
      if (total.position < position) return;
      ({ position } = total);
      redraw(() => htmlOf(VisitsTotal({ total, language })));
    },
  });
};

const place = document.querySelector<HTMLElement>('#total');
if (place !== null) startTotal(place);
