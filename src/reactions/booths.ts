import type { EventOf } from '../../events/catalogue.ts';
import { boothsHeldAt } from '../commands/applications.ts';
import { grantBooth } from '../commands/grant-booth.ts';
import { deriveId } from '../commands/ids.ts';
import { releaseBooth } from '../commands/release-booth.ts';
import { takeBoothBack } from '../commands/take-booth-back.ts';
import { atTimeOf, contextOf, type ReactionPorts, refusalIn } from './follow.ts';

/**
 * Tells the application of its booth. Where it ended between the look-up and the assignment it refuses, and the booth
 * is released again: the booth's stream stays right about who has it.
 */
export async function tellOfAssignment(event: EventOf<'BoothAssigned'>, ports: ReactionPorts): Promise<void> {
  const { assignment, booth, exhibitor } = event.data;
  const grant = { application: exhibitor, assignment, booth };
  const refused = refusalIn(await grantBooth(ports, contextOf(event, ports), grant, atTimeOf(event)));
  if (refused === undefined || refused === assignmentOver) return;
  await release(event, ports, { assignment, booth, reason: 'Đơn đăng ký không còn hiệu lực khi giao gian hàng' });
}

/** Tells the application that a booth is no longer its own. */
export async function tellOfRelease(event: EventOf<'BoothReleased'>, ports: ReactionPorts): Promise<void> {
  const { release, assignment, booth, exhibitor } = event.data;
  const end = { application: exhibitor, release, assignment, booth };
  refusalIn(await takeBoothBack(ports, contextOf(event, ports), end, atTimeOf(event)));
}

type End = EventOf<'ApplicationWithdrawn' | 'ApplicationCancelled' | 'ApplicationDeclined' | 'ExhibitorAbsent'>;

/**
 * Gives back the booths that an application held when it ended. Those it was given later, once it was approved again,
 * are its own; one that was assigned but not yet granted then is released when the grant is refused.
 */
export async function releaseBooths(event: End, ports: ReactionPorts): Promise<void> {
  const { application } = event.data;
  const held = await boothsHeldAt(ports, event.meta.fair, { application, version: event.version });
  for (const { assignment, booth } of held) {
    await release(event, ports, { assignment, booth, reason: reasons[event.type] });
  }
}

/** One release an event and assignment, however often it is tried; an assignment that is over needs none. */
async function release(
  event: End | EventOf<'BoothAssigned'>,
  ports: ReactionPorts,
  { assignment, booth, reason }: { assignment: string; booth: string; reason: string },
): Promise<void> {
  const id = deriveId(event.meta.fair, `release after ${event.id}`, assignment);
  const ended = { booth, release: id, assignment, reason };
  refusalIn(await releaseBooth(ports, contextOf(event, ports), ended, atTimeOf(event)));
}

const assignmentOver = 'assignment-over';

const reasons: { readonly [Type in End['type']]: string } = {
  ApplicationWithdrawn: 'Đơn vị rút đăng ký',
  ApplicationCancelled: 'Ban tổ chức hủy đăng ký',
  ApplicationDeclined: 'Đơn đăng ký bị từ chối',
  ExhibitorAbsent: 'Đơn vị vắng mặt',
};
