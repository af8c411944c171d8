import type { BoardSettings } from '../board/board-view.ts';
import { loadFacts } from './facts.ts';

/**
 * Opens a number's dialog when it or its name is pressed, and loads the facts behind it where the reader may see them.
 * Clicks are heard on the document: the live island may have put the number there a moment ago.
 */
export function openDialogs(settings: BoardSettings): void {
  document.addEventListener('click', (event) => {
    const id = closest(event, '[commandfor]')?.getAttribute('commandfor') ?? '';
    const dialog = document.getElementById(id);
    if (!(dialog instanceof HTMLDialogElement)) return;
    // Browsers that know invoker commands would open it a second time.
    event.preventDefault();
    dialog.showModal();
    const list = dialog.querySelector<HTMLElement>('[data-facts]');
    if (list !== null) void loadFacts(list, settings);
  });
  document.addEventListener('click', (event) => {
    const more = closest(event, '[data-before]');
    const list = more?.closest<HTMLElement>('[data-facts]');
    if (more !== undefined && list) void loadFacts(list, settings, more.dataset['before']);
  });
}

const closest = (event: MouseEvent, selector: string): HTMLElement | undefined =>
  event.target instanceof Element ? (event.target.closest<HTMLElement>(selector) ?? undefined) : undefined;
