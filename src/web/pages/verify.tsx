import type { Language } from '../language.ts';
import { verifyWordsIn } from '../messages/verify-words.ts';
import { checkpointPath, logKeysPath } from '../paths.ts';
import { type Frame, Layout } from './layout.tsx';

/** `origin`: the address the reader used, `http://localhost:3000`. */
export type VerifyPageProps = Frame & { readonly origin: string };

/** “Kiểm chứng”, `GET /verify`: checks a receipt in the browser, and says what that proves and what it does not. */
export const verifyPage = ({ origin, ...frame }: VerifyPageProps) => {
  const { language } = frame;
  const words = verifyWordsIn(language);
  return (
    <Layout {...frame} title={words.title} description={words.description} styles="verify.css" island="verify.js">
      <div class="sheet verify">
        <header>
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
        </header>
        <Check language={language} />
        <div class="verify-columns wide">
          <Points kind="proved" language={language} />
          <Points kind="notProved" language={language} />
        </div>
        <section aria-labelledby="keep-title">
          <h2 id="keep-title">{words.keep.title}</h2>
          <p>{words.keep.text}</p>
          <p class="verify-links">
            <a href={checkpointPath}>{words.keep.current}</a> <a href={logKeysPath}>{words.keep.keys}</a>
          </p>
          <p>{words.keep.later}</p>
          <pre class="command">
            <code>{`curl -o seal.txt ${origin}${checkpointPath}\nnpm run -s cli -- verify --head seal.txt`}</code>
          </pre>
        </section>
        <section aria-labelledby="receipts-title">
          <h2 id="receipts-title">{words.receipts.title}</h2>
          <p>{words.receipts.text}</p>
        </section>
      </div>
    </Layout>
  );
};

type PartProps = { readonly language: Language };

/** Works only with a script, so its form is hidden until there is one. */
const Check = ({ language }: PartProps) => {
  const words = verifyWordsIn(language).check;
  return (
    <section class="receipt print-cham" id="receipt" data-language={language} aria-labelledby="check-title">
      <h2 id="check-title">{words.title}</h2>
      <form class="receipt-form" id="receipt-form" hidden>
        <p id="receipt-hint">{words.hint}</p>
        <label for="receipt-text">{words.label}</label>
        <textarea id="receipt-text" rows={6} spellcheck={false} autocomplete="off" aria-describedby="receipt-hint" />
        <div class="receipt-ways">
          <button type="submit" class="button button-main">
            {words.button}
          </button>
          <label class="button receipt-file">
            <input type="file" id="receipt-file" accept="application/json,.json,.txt" />
            {words.file}
          </label>
        </div>
      </form>
      <div id="receipt-result" aria-live="polite" />
      <noscript>
        <p class="notice">{words.noScript}</p>
      </noscript>
    </section>
  );
};

const Points = ({ kind, language }: PartProps & { readonly kind: 'proved' | 'notProved' }) => {
  const { title, points } = verifyWordsIn(language)[kind];
  return (
    <section class={kind === 'proved' ? 'print-la' : 'print-hoe'} aria-labelledby={`${kind}-title`}>
      <h2 id={`${kind}-title`}>{title}</h2>
      <ul class="points">
        {points.map((point) => (
          <li>{point}</li>
        ))}
      </ul>
    </section>
  );
};
