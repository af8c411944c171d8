import type { Answer, Request } from '../sending/request.ts';

type Response = { readonly status: number; readonly body: string | null };

/** What was said of each fact of a request, as far as it was answered. @param firstAt ms since 1970: when it happened */
export function answersIn(response: Response, request: Request, firstAt: number): Answer[] {
  const body = response.status === 200 ? fieldsOf(parsed(response.body)) : nothing;
  if (request.stamp === 'fact' && request.id !== null)
    return [answerOf({ id: request.id, status: response.status, happenedAt: firstAt }, body)];
  if (request.stamp !== 'delivery') return [];
  const sent = new Map(listOf(request.body?.['items']).map((item) => [item.get('id'), fieldsOf(item.get('body'))]));
  return listOf(body.get('items')).map((item) => {
    const id = String(item.get('id'));
    const happenedAt = numberOf(sent.get(id)?.get('occurredAt')) ?? 0;
    const status = numberOf(item.get('status')) ?? 0;
    return answerOf({ id, status, happenedAt: happenedAt - request.skewMs }, fieldsOf(item.get('body')));
  });
}

type Fields = ReadonlyMap<string, unknown>;

const nothing: Fields = new Map();

function answerOf(about: Pick<Answer, 'id' | 'status' | 'happenedAt'>, body: Fields): Answer {
  const [outcome, reason, occurredAt] = [body.get('outcome'), body.get('reason'), body.get('occurredAt')];
  return {
    ...about,
    outcome: typeof outcome !== 'string' ? null : typeof reason === 'string' ? `${outcome} ${reason}` : outcome,
    position: numberOf(body.get('position')),
    understoodAt: typeof occurredAt === 'string' ? Date.parse(occurredAt) : null,
  };
}

/** A proxy, or a server that is ending, may answer something that is no JSON. */
function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : nothing;

const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
