import { formatMoment, formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { verifyWordsIn } from '../messages/verify-words.ts';
import type { verifyVi } from '../messages/verify-vi.ts';
import { Icon } from '../ornaments/icons.tsx';
import type { CheckedReceipt, StepOutcome } from './check-receipt.ts';

/** Why there was nothing to check. */
export type StopReason = keyof typeof verifyVi.stopped;

type StoppedProps = { readonly reason: StopReason; readonly language: Language };

export const ReceiptStopped = ({ reason, language }: StoppedProps) => {
  const { title, text } = verifyWordsIn(language).stopped[reason];
  return (
    <div class="verdict verdict-open">
      <Title text={title} outcome="open" />
      <p>{text}</p>
    </div>
  );
};

type ResultProps = {
  readonly checked: CheckedReceipt;
  readonly language: Language;
  /** Where the receipt itself can be had, if it came from the server just now. */
  readonly source?: string | undefined;
};

/** The verdict, each step that led to it, and what the receipt says. */
export const ReceiptResult = ({ checked, language, source }: ResultProps) => {
  const words = verifyWordsIn(language);
  const { title, text } = words.verdict[checked.verdict];
  const size = formatNumber(checked.read?.size ?? 0, language);
  return (
    <div class={`verdict verdict-${checked.verdict}`}>
      <Title text={title} outcome={checked.verdict} />
      <p>{text}</p>
      <ol class="check-steps">
        {checked.steps.map(({ step, outcome }) => (
          <li class={`check-step check-step-${outcome}`}>
            <p class="check-step-name">
              <Sign outcome={outcome} /> <b>{words.steps[step].name}</b> <span>{words.outcome[outcome]}</span>
            </p>
            <p>{words.steps[step][outcome](checked.keyHash ?? '', size)}</p>
          </li>
        ))}
      </ol>
      {checked.read === undefined ? null : <Says read={checked.read} language={language} />}
      {source === undefined ? null : (
        <p>
          <a class="receipt-save" href={source} download={`receipt-${checked.read?.envelope.position ?? ''}.json`}>
            {words.fact.save}
          </a>
        </p>
      )}
    </div>
  );
};

/** Takes the focus, so that whoever reads by ear hears the verdict. */
const Title = ({ text, outcome }: { text: string; outcome: StepOutcome }) => (
  <h3 class="verdict-title" tabindex={-1}>
    <Sign outcome={outcome} /> {text}
  </h3>
);

const Sign = ({ outcome }: { outcome: StepOutcome }) => (
  <Icon name={({ good: 'check', bad: 'cross', open: 'dash' } as const)[outcome]} />
);

type SaysProps = { readonly read: NonNullable<CheckedReceipt['read']>; readonly language: Language };

const Says = ({ read: { envelope, leafHash, origin, size }, language }: SaysProps) => {
  const { fact, factNames } = verifyWordsIn(language);
  const names: Readonly<Record<string, string>> = factNames;
  return (
    <>
      <h4>{fact.title}</h4>
      <dl class="receipt-says">
        <Line
          name={fact.what}
          value={Object.hasOwn(names, envelope.type) ? (names[envelope.type] ?? '') : envelope.type}
        />
        <Line name={fact.occurred} value={momentOf(envelope.occurredAt)} />
        <Line name={fact.recorded} value={momentOf(envelope.recordedAt)} />
        <Line name={fact.position} value={formatNumber(envelope.position, language)} />
        <Line name={fact.sealed} value={fact.sealedSize(formatNumber(size, language), origin)} />
        <Line name={fact.hash} value={leafHash} />
      </dl>
      <details class="behind">
        <summary>{fact.whole}</summary>
        <pre class="command">
          <code>{JSON.stringify(envelope, undefined, 2)}</code>
        </pre>
      </details>
    </>
  );
};

const Line = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd class="num">{value}</dd>
  </div>
);

/** A forged receipt may hold any number. */
const momentOf = (ms: number): string => {
  const moment = new Date(ms);
  return Number.isNaN(moment.getTime()) ? String(ms) : formatMoment(moment.toISOString());
};
