import type { Language } from '../language.ts';
import { liveWordsIn } from '../messages/live-words.ts';
import type { Connection } from './follow.ts';

/** Says in words how the page is connected; screen readers hear it, because it is a status. */
export const showConnection =
  (language: Language) =>
  (state: Connection): void => {
    const place = document.querySelector<HTMLElement>('#connection');
    if (place === null || place.dataset['state'] === state) return;
    place.dataset['state'] = state;
    place.textContent = liveWordsIn(language).connection[state];
  };
