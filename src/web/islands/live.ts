import { FiguresDocument, PublicFigures } from '../../contract/figures.ts';
import { Board } from '../board/board.tsx';
import { BoardSettings } from '../board/board-view.ts';
import { htmlOf } from '../html.ts';
import { showConnection } from './connection.ts';
import { offerCopies } from './copies.ts';
import { openDialogs } from './dialogs.ts';
import { follow } from './follow.ts';
import { redrawing } from './redraw.ts';

/** Keeps the board true: the same components as the server's, drawn again with every document of the live stream. */
const startBoard = (place: HTMLElement): void => {
  const settings = BoardSettings.parse(JSON.parse(place.dataset['board'] ?? ''));
  const redraw = redrawing(place);
  const connection = showConnection(settings.language);
  let position = 0;
  follow(settings.fair.id, {
    connection,
    figures: (text) => {
      const document: unknown = JSON.parse(text);
      const { data: figures } = FiguresDocument.safeParse(document);
      // Whoever has lost the session is served as the public is.
      if (figures === undefined)
        return connection(PublicFigures.safeParse(document).success ? 'signed-out' : 'outdated');
      if (figures.position < position) return;
      ({ position } = figures);
      redraw(() => htmlOf(Board({ view: { ...settings, figures } })));
    },
  });
  openDialogs(settings);
  offerCopies();
};

const place = document.querySelector<HTMLElement>('#board');
if (place !== null) startBoard(place);
