import type { Role } from '../../../events/envelope.ts';
import type { FiguresDocument } from '../../contract/figures.ts';
import { Board } from '../board/board.tsx';
import { type BoardSettings, factsFor } from '../board/board-view.ts';
import { type FairBrief, nameIn } from '../fair-view.ts';
import { messagesIn } from '../messages/messages.ts';
import { type Frame, Layout } from './layout.tsx';

/** `fair`: the fair's settings with its id. `figures`: the document of now. `viewer`: viewer or more. */
export type BoardPageProps = Omit<Frame, 'viewer'> & {
  readonly viewer: Role;
  readonly fair: FairBrief;
  readonly figures: FiguresDocument;
};

/** The live board of `GET /fairs/{fair}/board`; it updates itself from `GET /api/fairs/{fair}/live`. */
export const boardPage = ({ language, viewer, assets, fair, figures }: BoardPageProps) => {
  const words = messagesIn(language);
  const settings: BoardSettings = { language, fair: brief(fair), facts: factsFor(viewer) };
  return (
    <Layout
      language={language}
      viewer={viewer}
      assets={assets}
      title={`${words.board.title} · ${nameIn(fair.name, language)}`}
      styles="board.css"
      island="live.js"
    >
      <noscript>
        <p class="notice">{words.noScript}</p>
      </noscript>
      <div class="board" id="board" data-board={JSON.stringify(settings)}>
        <Board view={{ ...settings, figures }} />
      </div>
    </Layout>
  );
};

/** A fair's settings hold more than the board shows; none of it goes into the page. */
const brief = ({ id, name, days, opens, closes }: FairBrief): FairBrief => ({ id, name, days, opens, closes });
