/** A note or its key cannot be believed; `message` says why, and nothing of what it says. */
export class NoteError extends Error {
  override readonly name = 'NoteError';
}
