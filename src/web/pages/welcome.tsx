import type { Child } from 'hono/jsx';
import { messagesIn } from '../messages/messages.ts';
import { Rooster } from '../ornaments/rooster.tsx';
import { docsPath } from '../paths.ts';
import { type Frame, Layout } from './layout.tsx';

/**
 * `origin`: the address the reader used, `http://localhost:3000`. `exampleId`: a fresh UUIDv7 for the fair to be made.
 * `today`: the local day, `yyyy-mm-dd`.
 */
export type WelcomePageProps = Frame & { readonly origin: string; readonly exampleId: string; readonly today: string };

/** The first page on an empty database, `GET /` while there is no fair: what to do next. */
export const welcomePage = ({ origin, exampleId, today, ...frame }: WelcomePageProps) => {
  const words = messagesIn(frame.language).welcome;
  const signedIn = frame.viewer !== null;
  return (
    <Layout {...frame} title={words.title}>
      <div class="sheet welcome">
        <header class="welcome-top">
          <Rooster />
          <div>
            <h1>{words.title}</h1>
            <p class="lead">{signedIn ? words.leadSignedIn : words.lead}</p>
          </div>
        </header>
        <ol class="steps">
          <Step title={words.openLink}>
            {signedIn ? (
              <p class="done">{words.openLinkDone}</p>
            ) : (
              <>
                <p>{words.openLinkText}</p>
                <p>{words.openLinkLost}</p>
                <Command label={words.code} text="npm run -s cli -- token --role owner --link" />
              </>
            )}
          </Step>
          <Step title={words.makeFair}>
            <p>{words.makeFairText}</p>
            <Command label={words.token} text="TOKEN=$(npm run -s cli -- token --role owner)" />
            <Command label={words.request} text={makeFairCommand({ origin, exampleId, today })} />
            <p>
              <a href={docsPath}>{words.allRequests}</a>
            </p>
          </Step>
        </ol>
        <section class="aside-demo" aria-labelledby="demo-title">
          <h2 id="demo-title">{words.demo}</h2>
          <p>{words.demoText}</p>
          <Command label={words.code} text="npm run demo" />
        </section>
      </div>
    </Layout>
  );
};

/** The smallest fair: one day, one site, one gate, a visit once a day. */
export const exampleFair = (today: string) => ({
  name: { vi: 'Ngày Sách và Văn hóa đọc', en: 'Book and Reading Culture Day' },
  province: '24',
  days: [today],
  sites: [{ code: 'A', name: 'Thư viện tỉnh', capacity: 800 }],
  gates: [{ code: 'A1', name: 'Cổng chính', site: 'A', exits: 'not-scanned' }],
  visitRules: [{ from: today, rule: { kind: 'per-day' } }],
});

const makeFairCommand = ({ origin, exampleId, today }: { origin: string; exampleId: string; today: string }): string =>
  [
    `curl -X PUT ${origin}/api/fairs/${exampleId} \\`,
    `  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(exampleFair(today), undefined, 2)}'`,
  ].join('\n');

const Step = ({ title, children }: { title: string; children?: Child }) => (
  <li>
    <h2>{title}</h2>
    {children}
  </li>
);

/** Long commands scroll by themselves, so they take focus for whoever scrolls by keyboard. */
const Command = ({ label, text }: { label: string; text: string }) => (
  <pre class="command" tabindex={0} role="region" aria-label={label}>
    <code>{text}</code>
  </pre>
);
