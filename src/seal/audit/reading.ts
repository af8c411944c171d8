import type { Finding, Unread } from './finding.ts';

/** Reads what somebody may have made unreadable: that is a finding then, and the rest is compared all the same. */
export class Reading {
  readonly findings: Finding[] = [];

  /** @throws where it is the connection that failed, and not what is read */
  async of<Answer>(where: Unread, read: () => Promise<Answer>, otherwise: Answer): Promise<Answer> {
    try {
      return await read();
    } catch (error) {
      this.failed(where, error);
      return otherwise;
    }
  }

  failed(where: Unread, error: unknown): void {
    if (!isAboutContent(error)) throw error;
    const why = error.message;
    const isKnown = this.findings.some(
      (known) => known.kind === 'unreadable' && known.where === where && known.why === why,
    );
    if (!isKnown) this.findings.push({ kind: 'unreadable', where, why });
  }
}

/** SQLSTATE classes 22 (data exception), 42 (no such table or column) and XX (corrupted), and all that is no system error. */
function isAboutContent(error: unknown): error is Error {
  if (!(error instanceof Error) || error.message.startsWith('Connection terminated')) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '22000';
  return /^(22|42|XX)[0-9A-Z]{3}$/.test(code);
}
