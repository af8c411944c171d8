import { FactsPage } from '../../contract/facts.ts';
import type { BoardSettings } from '../board/board-view.ts';
import { FactList, FactsProblem } from '../board/fact-list.tsx';
import { messagesIn } from '../messages/messages.ts';
import { htmlOf } from '../html.ts';
import { factsPath } from '../paths.ts';

/**
 * Shows the latest facts behind a number, or adds older ones.
 * @param list element with the key of its list in `data-facts`
 * @param before position below which to go on; absent or empty for the latest facts
 */
export async function loadFacts(list: HTMLElement, { language, fair }: BoardSettings, before = ''): Promise<void> {
  if (before === '') list.textContent = messagesIn(language).about.factsLoading;
  const answer = await askFor(factsPath(fair.id, list.dataset['facts'] ?? ''), before);
  list.querySelector('.facts-end')?.remove();
  const html =
    'events' in answer
      ? htmlOf(FactList({ page: answer, language, first: before === '' ? 'shown' : 'earlier' }))
      : htmlOf(FactsProblem({ reason: answer.reason, before, language }));
  if (before === '') list.innerHTML = html;
  else list.insertAdjacentHTML('beforeend', html);
}

type Answer = FactsPage | { readonly reason: 'forbidden' | 'failed' };

const askFor = async (path: string, before: string): Promise<Answer> => {
  try {
    const response = await fetch(before === '' ? path : `${path}?before=${encodeURIComponent(before)}`);
    if (response.status === 403) return { reason: 'forbidden' };
    return FactsPage.safeParse(await response.json()).data ?? { reason: 'failed' };
  } catch {
    return { reason: 'failed' };
  }
};
