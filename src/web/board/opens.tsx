import type { Child } from 'hono/jsx';
import type { FigureKey } from '../../contract/figures.ts';
import type { Language } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';

type OpensProps = {
  readonly figure: FigureKey;
  readonly language: Language;
  readonly class?: string;
  readonly children?: Child;
};

export const aboutId = (figure: FigureKey): string => `about-${figure}`;

/** A number or name that opens its definition. The browser opens the dialog by itself; the island adds the facts. */
export const Opens = ({ figure, language, children, class: className }: OpensProps) => (
  <button
    type="button"
    class={`opens ${className ?? ''}`}
    command="show-modal"
    commandfor={aboutId(figure)}
    data-opens={figure}
  >
    {children}
    <span class="visually-hidden">. {messagesIn(language).about.open}</span>
  </button>
);
