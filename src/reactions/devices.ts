import type { EventOf } from '../../events/catalogue.ts';
import type { ReactionPorts } from './follow.ts';

/** A revoked device gets in nowhere any more, whatever tokens it still has. */
export const revokeTokens = (
  { data, meta }: EventOf<'DeviceRevoked'>,
  { revokeDevice }: ReactionPorts,
): Promise<void> => revokeDevice({ fair: meta.fair, device: data.device });
