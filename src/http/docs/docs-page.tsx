import { type Frame, Layout } from '../../web/pages/layout.tsx';
import { problemKinds } from '../problems.ts';
import type { Operation } from './operations.ts';
import { SchemaView } from './schema-view.tsx';

export type DocsPageProps = Frame & {
  readonly operations: readonly Operation[];
  /** Where the API answers, `https://…` without a slash at the end. */
  readonly origin: string;
};

/** The API, to be read: every route with who may, what it takes and what it answers. */
export const docsPage = ({ operations, origin, ...frame }: DocsPageProps) => {
  const resources = [...new Set(operations.map(({ resource }) => resource))];
  return (
    <Layout {...frame} title="API" styles="docs.css">
      <div class="sheet docs" lang="en">
        <h1>API</h1>
        <Introduction origin={origin} />
        <nav aria-labelledby="docs-contents">
          <h2 id="docs-contents">Resources</h2>
          <ul class="docs-contents">
            {resources.map((resource) => (
              <li>
                <a href={`#${resource}`}>{resource}</a>
              </li>
            ))}
          </ul>
        </nav>
        {resources.map((resource) => (
          <section aria-labelledby={resource}>
            <h2 id={resource}>{resource}</h2>
            {operations
              .filter((operation) => operation.resource === resource)
              .map((operation) => (
                <OperationView operation={operation} origin={origin} />
              ))}
          </section>
        ))}
        <Problems />
      </div>
    </Layout>
  );
};

const Introduction = ({ origin }: { readonly origin: string }) => (
  <section class="docs-introduction">
    <p class="lead">
      Facts go in, figures come out. The same, for programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).
    </p>
    <ul>
      <li>
        Every address below begins with <code>{origin}</code>. A program sends <code>Authorization: Bearer …</code>, a
        browser its session.
      </li>
      <li>
        Every write carries an id that you make, a UUIDv7. When in doubt send it again: it is written once and answered
        alike. The same id with other content is 422.
      </li>
      <li>
        The status says whether it was handled, the body what was decided. A business “no” is a 200 with{' '}
        <code>{'{"outcome": "refused", "reason": …}'}</code>.
      </li>
      <li>Times are RFC 3339 with an offset, or milliseconds since 1970. Money is whole đồng.</li>
      <li>
        An answer to a write names its <code>position</code>; a figure asked with <code>?after=</code> that position has
        seen it.
      </li>
    </ul>
  </section>
);

const OperationView = ({ operation, origin }: { readonly operation: Operation; readonly origin: string }) => {
  const { method, path, summary, may, parameters, body, answer } = operation;
  return (
    <details class="docs-operation" id={operation.id}>
      <summary>
        <span class="docs-name">{summary}</span>
        <code>
          <b>{method}</b> {path}
        </code>
      </summary>
      <p>
        Who may: {may.join(', ')}
        {may.includes('organiser') && !may.includes('owner') ? ', owner' : ''}.
      </p>
      {parameters.properties && Object.keys(parameters.properties).length > 0 ? (
        <>
          <h3>Address</h3>
          <SchemaView shape={parameters} />
        </>
      ) : null}
      {body ? (
        <>
          <h3>Body</h3>
          <SchemaView shape={body} />
        </>
      ) : null}
      <h3>Answer</h3>
      <SchemaView shape={answer} />
      <h3>By hand</h3>
      <pre class="command">
        <code>{byHand(operation, origin)}</code>
      </pre>
    </details>
  );
};

const byHand = ({ method, path, body, may }: Operation, origin: string): string =>
  [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${origin}${path}'`,
    ...(may.includes('public') ? [] : ["-H 'Authorization: Bearer TOKEN'"]),
    ...(body ? ["-H 'Content-Type: application/json'", "-d '{…}'"] : []),
  ].join(' \\\n  ');

const Problems = () => (
  <section aria-labelledby="problems">
    <h2 id="problems">When it was not handled</h2>
    <p>
      An <code>application/problem+json</code> (RFC 9457). Its <code>type</code> is <code>urn:hoi-sach:problem:</code>{' '}
      and one of these; <code>errors</code> names each bad field.
    </p>
    <table class="ruled fields">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Kind</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(problemKinds).map(([kind, { status, title }]) => (
          <tr>
            <td class="num">{status}</td>
            <th scope="row">
              <code>{kind}</code>
            </th>
            <td>{title}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
