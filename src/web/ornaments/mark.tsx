/** The platform's seal: an open book with a lotus over it, cut in cinnabar. Decoration beside its name. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
    <path class="son" d={seal} />
    <path class="paper" d={lotus} />
    <path class="paper" d={book} />
  </svg>
);

const seal =
  'M5 3.4C14 2.6 34 2.8 43 3.6C45 4 45.4 5 45.4 7C45.8 16 45.6 33 44.8 42.6C44.6 44.6 43.8 45.2 42 45.3C32 45.8 15 45.7 5.6 45C3.6 44.8 3 44 2.8 42C2.3 33 2.4 15 3 6C3.2 4.2 3.6 3.6 5 3.4Z';

const lotus =
  'M24 7C27.6 11 28.4 16 24 21.5C19.6 16 20.4 11 24 7ZM14.5 11.2C18.6 12.6 20.6 16.6 21.2 22.4C16.4 21 14 16.6 14.5 11.2ZM33.5 11.2C29.4 12.6 27.4 16.6 26.8 22.4C31.6 21 34 16.6 33.5 11.2ZM7.5 18.4C12 18 16.4 20 18.6 24.2C13.6 25.4 9.2 23 7.5 18.4ZM40.5 18.4C36 18 31.6 20 29.4 24.2C34.4 25.4 38.8 23 40.5 18.4Z';

const book =
  'M23 29.4C19 26.6 12.5 26.2 7.6 27.6V39C12.5 37.6 19 38 23 40.8ZM25 29.4C29 26.6 35.5 26.2 40.4 27.6V39C35.5 37.6 29 38 25 40.8Z';
