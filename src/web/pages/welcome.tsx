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
                <Command text="npm run -s cli -- token --role owner --link" />
              </>
            )}
          </Step>
          <Step title={words.makeFair}>
            <p>{words.makeFairText}</p>
            <p>{words.token}:</p>
            <Command text="TOKEN=$(npm run -s cli -- token --role owner)" />
            <p>{words.request}:</p>
            <Command text={makeFairCommand({ origin, exampleId, today })} />
            <p>
              <a href={docsPath}>{words.allRequests}</a>
            </p>
          </Step>
        </ol>
        <section class="aside-demo" aria-labelledby="demo-title">
          <h2 id="demo-title">{words.demo}</h2>
          <p>{words.demoText}</p>
          <Command text="npm run demo" />
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
    `  -d '${oneLineEach(exampleFair(today))}'`,
  ].join('\n');

/** JSON with one line for each field, short enough to be edited in a terminal. */
const oneLineEach = (fields: Record<string, unknown>): string =>
  `{\n${Object.entries(fields)
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n')}\n}`;

const Step = ({ title, children }: { title: string; children?: Child }) => (
  <li>
    <h2>{title}</h2>
    {children}
  </li>
);

const Command = ({ text }: { text: string }) => (
  <pre class="command">
    <code>{text}</code>
  </pre>
);
