import { type Fact, type Sending, senderOf } from '../plan/facts.ts';
import type { Plan } from '../plan/plan.ts';
import type { Request, RequestStream } from './request.ts';
import { type Issued, writeOf } from './write.ts';

/**
 * Everything a plan sends, ready to be sent.
 * @param startedAt ms since 1970: what happened without network happened before this
 */
export const requestStreams = (plan: Plan, issued: Issued, startedAt: number): RequestStream[] =>
  plan.streams.map(({ sendings, ...stream }) => ({
    ...stream,
    requests: sendings.map((sending) => requestOf(sending, { plan, issued, startedAt })),
  }));

type World = { readonly plan: Plan; readonly issued: Issued; readonly startedAt: number };

function requestOf(sending: Sending, world: World): Request {
  switch (sending.kind) {
    case 'fact':
      return ownRequest(sending.fact, sending.times, world);
    case 'delivery':
      return deliveryRequest(sending.device, sending.facts, world);
    case 'look':
      return lookRequest(sending.at, world);
  }
}

function ownRequest(fact: Fact, times: number, { plan, issued }: World): Request {
  const { kind, path, body } = writeOf(fact, plan, issued);
  const { token, skewMs } = callerOf(fact, plan, issued);
  return {
    id: fact.id,
    kind,
    method: 'PUT',
    path: `/api/fairs/${plan.fair}/${path}`,
    name: `PUT ${kind}`,
    token,
    body,
    stamp: 'fact',
    skewMs,
    times,
  };
}

function callerOf(fact: Fact, { devices }: Plan, issued: Issued): Pick<Request, 'token' | 'skewMs'> {
  const sender = senderOf(fact);
  if ('booth' in sender) return { token: issued.booths[sender.booth] ?? null, skewMs: 0 };
  return { token: issued.devices[sender.device] ?? null, skewMs: (devices[sender.device]?.skewSeconds ?? 0) * 1000 };
}

function deliveryRequest(device: number, facts: readonly Fact[], { plan, issued, startedAt }: World): Request {
  const skewMs = (plan.devices[device]?.skewSeconds ?? 0) * 1000;
  const items = facts.map((fact) => {
    const { kind, parts, body } = writeOf(fact, plan, issued);
    return { kind, id: fact.id, ...parts, body: { ...body, occurredAt: startedAt + fact.at * 1000 + skewMs } };
  });
  return {
    id: null,
    kind: 'delivery',
    method: 'POST',
    path: `/api/fairs/${plan.fair}/facts`,
    name: 'POST facts',
    token: issued.devices[device] ?? null,
    body: { items },
    stamp: 'delivery',
    skewMs,
    times: 1,
  };
}

type Look = Extract<Sending, { kind: 'look' }>['at'];

const looks = { figures: '/figures', total: '/figures', fair: '', 'public-pass': '/public-passes' } as const;

function lookRequest(at: Look, { plan, issued }: World): Request {
  const isPass = at === 'public-pass';
  return {
    id: null,
    kind: 'look',
    method: isPass ? 'POST' : 'GET',
    path: `/api/fairs/${plan.fair}${looks[at]}`,
    name: `${isPass ? 'POST' : 'GET'} ${at}`,
    token: at === 'figures' ? issued.viewer : null,
    body: isPass ? { category: 'individual', partySize: 1 } : null,
    stamp: 'none',
    skewMs: 0,
    times: 1,
  };
}
