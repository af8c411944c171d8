import { newSecret } from '../../auth/secrets.ts';
import { digestOf } from '../../commands/digest.ts';
import { enrolDevice } from '../../commands/enrol-device.ts';
import { loadDevice } from '../../commands/load-device.ts';
import { timeText } from '../../commands/recorded.ts';
import { Enrolled, Enrolment, EnrolmentRequest, EnrolmentUse } from '../../contract/enrolments.ts';
import type { Ports } from '../ports.ts';
import { Problem } from '../problems.ts';
import { answer, ok } from '../reply.ts';
import { type Route, writeAnywhere, writeInFair } from '../route.ts';

const enrolmentMs = 600_000;

/** The organiser's screen shows the secret as a QR code. Asked again it is the same one; the database has only its hash. */
const offerEnrolment = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/devices/{device}/enrolments/{enrolment}',
  summary: 'A one-time secret with which a device gets its token',
  may: ['organiser'],
  body: EnrolmentRequest,
  answer: Enrolment,
  handle: async ({ params: { fair, device, enrolment }, context, now }, ports) => {
    const { status } = await loadDevice(ports, fair, device);
    if (status === 'unknown' || status === 'revoked') throw new Problem('not-found');
    const secret = ports.secretFor('enrolment', [fair, enrolment]);
    const issued = await ports.credentials.issueNamed(
      { secret, kind: 'enrolment', role: 'device', fair, subject: device, expiresAt: now + enrolmentMs },
      { name: `enrolment/${enrolment}`, digest: digestOf(context.actor, 'enrolment', { device, enrolment }) },
    );
    if (issued.outcome === 'name-taken') throw new Problem('id-already-used');
    return ok({ enrolment, secret, expiresAt: timeText(issued.expiresAt ?? now + enrolmentMs) });
  },
});

/** What the device had before is worthless from now on: whoever enrols it has it in hand. */
const enrol = writeAnywhere({
  method: 'post',
  path: '/api/enrolments',
  summary: "Exchange an enrolment's secret for the device's token",
  may: ['public'],
  body: EnrolmentUse,
  answer: Enrolled,
  handle: async ({ body, now, requestId }, ports) => {
    const used = await ports.credentials.consume(body.secret, 'enrolment');
    if (!used?.fair)
      throw new Problem('not-signed-in', { detail: 'This code was used, has expired or never existed.' });
    const { fair, actor } = used;
    const enrolment = used.name.replace('enrolment/', '');
    const context = { fair, actor, correlation: requestId, now };
    const handled = await enrolDevice(ports, context, { enrolment, device: actor.id });
    if (handled.kind !== 'recorded') return answer(handled);
    const token = await replaceToken(ports, { fair, device: actor.id });
    return answer({ ...handled, answer: { ...handled.answer, fair, token } });
  },
});

async function replaceToken(ports: Ports, { fair, device }: { fair: string; device: string }): Promise<string> {
  const holder = { fair, role: 'device', subject: device } as const;
  const token = newSecret('token');
  await ports.credentials.replaceHolder({ secret: token, kind: 'token', ...holder, expiresAt: null });
  // The device may have been revoked since the fact was written; its new token must not outlive that.
  if ((await loadDevice(ports, fair, device)).status === 'revoked') await ports.credentials.revokeHolder(holder);
  return token;
}

export const enrolments: readonly Route[] = [offerEnrolment, enrol];
