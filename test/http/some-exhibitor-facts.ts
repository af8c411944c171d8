import type { Asked, TestFair } from './harness.ts';

export const form = {
  name: 'Nhà xuất bản Kim Đồng',
  shortName: 'Kim Đồng',
  kind: 'publisher',
  taxCode: '0100110687',
  province: '01',
  boothType: 'standard',
  boothsWanted: 2,
  commitments: { version: '2026-01' },
};

/** What the public of the tests keeps to itself. */
export const repeatKey = 'a-key-made-by-chance-0123';

export const contact = {
  name: 'Trần Thị Hồng Nhung',
  phone: '0987 654 321',
  consents: [{ purpose: 'application', version: '2026-01' }],
};

export const plan = { site: 'A', type: 'standard', column: 3, row: 1 };

/** Asks, and fails unless it is handled. */
export async function handled(
  fair: TestFair,
  path: string,
  body: unknown,
  as: 'organiser' | 'public' = 'organiser',
): Promise<Asked> {
  const answer = await fair.ask('PUT', `/api/fairs/${fair.fair}${path}`, { as, body });
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer;
}

/** An application as the public hands it in; again, it is a repeat. */
export async function applied(fair: TestFair, application: string = fair.id()): Promise<string> {
  await handled(fair, `/applications/${application}`, { form, contact, repeatKey }, 'public');
  return application;
}

/** An exhibitor; again, it is the same. */
export async function approved(fair: TestFair, application?: string): Promise<string> {
  const applicant = await applied(fair, application);
  await handled(fair, `/applications/${applicant}/reviews/${fair.id()}`, { decision: 'approve' });
  return applicant;
}

let booths = 0;

/** The code of a new booth. */
export async function planned(fair: TestFair): Promise<string> {
  booths += 1;
  const code = `B${booths}`;
  await handled(fair, `/booths/${code}`, plan);
  return code;
}

/** A new booth that somebody has, and the assignment that says so. */
export async function assigned(fair: TestFair): Promise<{ code: string; assignment: string }> {
  const [code, exhibitor, assignment] = [await planned(fair), await approved(fair), fair.id()];
  await handled(fair, `/booths/${code}/assignments/${assignment}`, { exhibitor });
  return { code, assignment };
}
