import type { Child } from 'hono/jsx';
import type { FigureKey } from '../../contract/figures.ts';
import type { Language } from '../language.ts';
import { messagesIn } from '../messages/messages.ts';
import type { AttentionKind } from './attention.tsx';

type OpensProps = {
  readonly about: FigureKey | AttentionKind;
  readonly language: Language;
  readonly class?: string;
  readonly children?: Child;
};

export const aboutId = (about: FigureKey | AttentionKind): string => `about-${about}`;

/** A number or name that opens its definition. The browser opens the dialog by itself; the island adds the facts. */
export const Opens = ({ about, language, children, class: className = '' }: OpensProps) => (
  <button type="button" class={`opens ${className}`} command="show-modal" commandfor={aboutId(about)}>
    {children}
    <span class="visually-hidden">. {messagesIn(language).about.open}</span>
  </button>
);
