import { messagesIn } from '../messages/messages.ts';
import { Rooster } from '../ornaments/rooster.tsx';
import { homePath } from '../paths.ts';
import { type Frame, Layout } from './layout.tsx';

/** 404, 403, 401, 503 and 500, in this order. */
export type PageProblem = 'not-found' | 'forbidden' | 'unauthorised' | 'busy' | 'failed';

/** `requestId`: what finds the fault in the log; shown with `failed` only. */
export type ProblemPageProps = Frame & { readonly problem: PageProblem; readonly requestId?: string };

/** A page that cannot be shown, in plain words, with the way out. */
export const problemPage = ({ problem, requestId, ...frame }: ProblemPageProps) => {
  const words = messagesIn(frame.language).problems;
  const mayPass = problem === 'busy' || problem === 'failed';
  return (
    <Layout {...frame} title={words[problem].title}>
      <div class="sheet way-in">
        <Rooster />
        <section>
          <h1>{words[problem].title}</h1>
          <p class="lead">{words[problem].text}</p>
          {problem === 'failed' && requestId !== undefined ? (
            <p>
              {words.request}: <code>{requestId}</code>
            </p>
          ) : null}
          <p class="ways-out">
            {mayPass ? (
              <a class="button button-main" href="?">
                {words.reload}
              </a>
            ) : null}
            <a class={mayPass ? 'button' : 'button button-main'} href={homePath}>
              {words.home}
            </a>
          </p>
        </section>
      </div>
    </Layout>
  );
};
