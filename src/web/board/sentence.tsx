import { messagesIn } from '../messages/messages.ts';
import { Icon } from '../ornaments/icons.tsx';
import type { BoardView } from './board-view.ts';
import { Opens } from './opens.tsx';

/** The sentence the platform exists to produce, ready to be copied, with whether it is final. */
export const Sentence = ({ view: { figures, language } }: { view: BoardView }) => {
  const words = messagesIn(language);
  return (
    <section class="sentence" id="sentence" aria-labelledby="sentence-title">
      <h2 id="sentence-title">{words.board.sentence}</h2>
      <blockquote id="sentence-text">{figures.sentence[language]}</blockquote>
      <p class="sentence-note">
        <span class={`stamp stamp-${figures.status}`}>{words.status[figures.status]}</span>{' '}
        {words.statusMeaning[figures.status]} {words.board.sentenceHint}
      </p>
      {figures.status === 'incomplete' ? (
        <Opens about="parked" language={language} class="sentence-missing">
          <span class="opens-name">{words.board.whatIsMissing}</span>
        </Opens>
      ) : null}
      <div class="sentence-copy" id="sentence-copy" data-keep="">
        <button type="button" class="button" hidden data-copy="sentence-text" data-copied={words.board.copied}>
          {words.board.copy}
        </button>
      </div>
    </section>
  );
};

/** What does not add up, before it is printed. */
export const Warnings = ({ view: { figures, language } }: { view: BoardView }) =>
  figures.warnings.length === 0 ? null : (
    <section class="warnings" id="warnings" aria-labelledby="warnings-title">
      <h2 id="warnings-title">
        <Icon name="warning" /> {messagesIn(language).board.warnings}
      </h2>
      <ul>
        {figures.warnings.map((warning) => (
          <li>{warning.message[language]}</li>
        ))}
      </ul>
    </section>
  );
