import { boardPath, fairPath, homePath, sessionsPath } from '../paths.ts';

type State = 'ready' | 'failed' | 'used' | 'no-secret';

/**
 * Signs in with the secret of a one-time link, when the button is pressed and not before: chat apps fetch links for
 * their previews. The secret leaves the address bar at once, so that it stays out of history and screenshots.
 */
const startSignIn = (place: HTMLElement): void => {
  const secret = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, '', location.pathname + location.search);
  if (secret === '') return show(place, 'no-secret');
  // Reading the page in the other language must not lose the link.
  const other = document.querySelector<HTMLAnchorElement>('a.language');
  if (other !== null) other.hash = encodeURIComponent(secret);
  show(place, 'ready');
  for (const id of ['enter', 'again'])
    document.querySelector(`#${id}`)?.addEventListener('click', () => void enter(place, secret));
};

const enter = async (place: HTMLElement, secret: string): Promise<void> => {
  const button = place.querySelector<HTMLButtonElement>('#enter');
  const status = place.querySelector('#sign-in-status');
  show(place, 'ready');
  if (button === null || status === null || button.disabled) return;
  button.disabled = true;
  status.textContent = button.dataset['working'] ?? '';
  const answer = await send(secret);
  button.disabled = false;
  status.textContent = answer.outcome === 'in' ? (button.dataset['done'] ?? '') : '';
  if (answer.outcome === 'in') location.replace(answer.next);
  else show(place, answer.outcome);
};

type Answer = { readonly outcome: 'in'; readonly next: string } | { readonly outcome: 'used' | 'failed' };

const send = async (secret: string): Promise<Answer> => {
  try {
    const response = await fetch(sessionsPath, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ secret }),
    });
    if (response.ok) return { outcome: 'in', next: nextPage(await response.json()) };
    return { outcome: response.status >= 500 || response.status === 429 ? 'failed' : 'used' };
  } catch {
    return { outcome: 'failed' };
  }
};

/** The board for whoever may see one fair's, that fair's page for its other guests, the list of fairs for the owner. */
const nextPage = (session: unknown): string => {
  if (typeof session !== 'object' || session === null || !('fair' in session) || !('role' in session)) return homePath;
  if (typeof session.fair !== 'string') return homePath;
  const seesBoard = session.role === 'viewer' || session.role === 'organiser' || session.role === 'auditor';
  return seesBoard ? boardPath(session.fair) : fairPath(session.fair);
};

const show = (place: HTMLElement, state: State): void => {
  for (const section of place.querySelectorAll<HTMLElement>('section[data-state]'))
    section.hidden = section.dataset['state'] !== state;
};

const place = document.querySelector<HTMLElement>('#sign-in');
if (place !== null) startSignIn(place);
