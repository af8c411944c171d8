/** Shows the copy buttons, which work only with a script, and lets them copy the element they name. */
export function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    button.hidden = false;
    const label = button.textContent;
    button.addEventListener('click', () => {
      const text = document.querySelector(`#${button.dataset['copy'] ?? ''}`)?.textContent ?? '';
      void navigator.clipboard.writeText(text).then(() => {
        button.textContent = button.dataset['copied'] ?? '';
        setTimeout(() => (button.textContent = label), 2000);
      });
    });
  }
}
