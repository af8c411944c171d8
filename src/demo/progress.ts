/** How much has been sent, and how far the log was when the last answer came. */
export class Progress {
  /** Facts that were answered, repeats included. */
  answers = 0;
  /** The greatest position in the log that an answer named. */
  position = 0;

  saw({ position = 0 }: { readonly position?: number | undefined }): void {
    this.answers += 1;
    this.position = Math.max(this.position, position);
  }
}
