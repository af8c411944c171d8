import { messagesIn } from '../messages/messages.ts';
import { Rooster } from '../ornaments/rooster.tsx';
import { type Frame, Layout } from './layout.tsx';

/**
 * The page a one-time link opens, `GET /sign-in#<secret>`. The secret stays in the fragment, which no request carries,
 * so the server cannot tell the states apart: all of them are in the page and the island shows the one that holds.
 * Its button POSTs `{secret}` to `/api/sessions`; only that consumes the link.
 */
export const signInPage = (frame: Frame) => {
  const words = messagesIn(frame.language).signIn;
  return (
    <Layout {...frame} title={words.title} island="sign-in.js">
      <div class="sheet way-in" id="sign-in">
        <Rooster />
        <section data-state="ready" hidden>
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
          <p>
            <button
              type="button"
              class="button button-main"
              id="enter"
              data-working={words.working}
              data-done={words.welcome}
            >
              {words.button}
            </button>
          </p>
          <output id="sign-in-status" />
        </section>
        <section data-state="failed" hidden>
          <h1>{words.failed}</h1>
          <p class="lead">{words.failedText}</p>
          <p>
            <button type="button" class="button button-main" id="again">
              {words.again}
            </button>
          </p>
        </section>
        <section data-state="used" hidden>
          <h1>{words.used}</h1>
          <p class="lead">{words.usedText}</p>
          <pre class="command">
            <code>npm run -s cli -- token --role viewer --fair FAIR --link</code>
          </pre>
        </section>
        <section data-state="no-secret">
          <h1>{words.noSecret}</h1>
          <p class="lead">{words.noSecretText}</p>
          <noscript>
            <p class="notice">{words.noScript}</p>
          </noscript>
        </section>
      </div>
    </Layout>
  );
};
