import type { Fact, FactsPage } from '../../contract/facts.ts';
import { formatMoment, formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { messagesIn, wordFor } from '../messages/messages.ts';
import { verifyPath } from '../paths.ts';
import { describeFact } from './describe-fact.ts';

type FactListProps = {
  readonly page: FactsPage;
  readonly language: Language;
  /** Whether this is the first page, which says so when there is nothing. */
  readonly first: 'shown' | 'earlier';
};

/** Facts behind a figure, the latest first, and the way to older ones. */
export const FactList = ({ page: { events, withheld, next }, language, first }: FactListProps) => {
  const words = messagesIn(language).about;
  const isNone = events.length === 0 && withheld === 0 && next === null && first === 'shown';
  return (
    <>
      {isNone ? <p class="quiet">{words.factsNone}</p> : null}
      <ol class="fact-list">
        {events.map((fact) => (
          <Entry fact={fact} language={language} />
        ))}
      </ol>
      {withheld === 0 ? null : <p class="quiet">{words.factsWithheld(formatNumber(withheld, language))}</p>}
      {next === null ? null : (
        <div class="facts-end">
          <Again before={String(next)} text={words.factsMore} />
        </div>
      )}
    </>
  );
};

type FactsProblemProps = {
  readonly reason: 'forbidden' | 'failed';
  readonly before: string;
  readonly language: Language;
};

/** Why there is no list, and the way on. */
export const FactsProblem = ({ reason, before, language }: FactsProblemProps) => {
  const words = messagesIn(language).about;
  if (reason === 'forbidden') return <p class="quiet">{words.factsForbidden}</p>;
  return (
    <div class="facts-end">
      <p class="quiet">{words.factsFailed}</p>
      <Again before={before} text={words.factsRetry} />
    </div>
  );
};

/** A button that asks for the facts before a position; empty for the latest. */
const Again = ({ before, text }: { before: string; text: string }) => (
  <button type="button" class="button" data-before={before}>
    {text}
  </button>
);

const Entry = ({ fact, language }: { fact: Fact; language: Language }) => {
  const { about, events, roles } = messagesIn(language);
  const happened = formatMoment(fact.occurredAt);
  const known = formatMoment(fact.recordedAt);
  return (
    <li class="fact">
      <p class="fact-what">
        <b>{Object.hasOwn(events.names, fact.type) ? wordFor(events.names, fact.type) : events.unknown}</b>
      </p>
      <p>{describeFact(fact, language)}</p>
      {fact.effect === undefined ? null : (
        <p>
          {about.effect(formatNumber(fact.effect.visits, language), formatNumber(fact.effect.uniqueVisitors, language))}
        </p>
      )}
      {fact.parked === undefined ? null : (
        <p>
          {about.parked(formatMoment(fact.parked.since))}{' '}
          {fact.parked.errors.map(({ projection, error }) => (
            <code class="fact-error">
              {projection}: {error}
            </code>
          ))}
        </p>
      )}
      <p class="fact-when num">
        <time datetime={fact.occurredAt}>{happened}</time>
        {known === happened ? null : <>, {about.known(known)}</>}. {about.who}: {wordFor(roles, fact.actor.role)}
      </p>
      <details class="behind">
        <summary>{about.position(formatNumber(fact.position, language))}</summary>
        <pre class="command">
          <code>{JSON.stringify(fact, undefined, 2)}</code>
        </pre>
        <p>
          <a class="fact-verify" href={`${verifyPath}#${fact.position}`}>
            {about.verify}
          </a>
        </p>
      </details>
    </li>
  );
};
