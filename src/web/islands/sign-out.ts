import { homePath, signOutPath } from '../paths.ts';

/** Ends the session on this device. The button works only with a script, so it is hidden until there is one. */
const button = document.querySelector<HTMLButtonElement>('#sign-out');
if (button !== null) {
  button.hidden = false;
  button.addEventListener('click', () => void signOut());
}

const signOut = async (): Promise<void> => {
  const { ok } = await fetch(signOutPath, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
  if (ok) location.assign(homePath);
};
