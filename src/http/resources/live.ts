import { heartbeatEvent, heartbeatSeconds } from '../../contract/live.ts';
import { eventFrame, eventStream } from '../event-stream.ts';
import { knownFair } from '../known-fair.ts';
import type { Ports } from '../ports.ts';
import { Problem } from '../problems.ts';
import { noQuery, readInFair, type Route } from '../route.ts';
import { audienceOf } from './figures.ts';

const heartbeat = eventFrame({ event: heartbeatEvent, data: '{}' });

/**
 * Every frame holds all there is to know, so whoever comes back with `Last-Event-ID` has missed nothing that the first
 * one does not bring. One frame is made for all viewers of a fair, and one for everybody else.
 */
const follow = readInFair({
  path: '/api/fairs/{fair}/live',
  summary: 'The figures as they change (server-sent events): all for viewers and more, the total for everybody',
  may: ['public'],
  query: noQuery,
  handle: async ({ params: { fair }, caller }, ports) => {
    await knownFair(ports, fair);
    const { credential } = caller;
    const held = ports.limits.hold(caller);
    if (typeof held !== 'function') throw new Problem('too-many-requests', held);
    ports.metrics.streamOpened();
    return eventStream({
      subscribe: (send) => ports.live.subscribe(fair, audienceOf(caller), send),
      heartbeat,
      heartbeatSeconds,
      permission: credential === undefined ? undefined : permissionOf(credential, ports),
      until: ports.stopping,
      onEnd: () => {
        held();
        ports.metrics.streamClosed();
      },
    });
  },
});

/** Whoever loses a credential sees nothing new after this long. */
const permissionOf = (credential: string, { credentials }: Pick<Ports, 'credentials'>) => ({
  isStillAllowed: () => credentials.isGood(credential),
  everySeconds: 5,
});

export const live: readonly Route[] = [follow];
