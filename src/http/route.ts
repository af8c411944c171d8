import { z } from 'zod';
import type { CommandContext } from '../commands/command.ts';
import type { Access } from './authorise.ts';
import type { Caller } from './caller.ts';
import { badRequest, parsePart } from './field-errors.ts';
import { type NamesIn, type ParamsOf, pathParams, type PathParams } from './path-params.ts';
import type { Ports } from './ports.ts';
import type { FieldError } from './problems.ts';
import type { Reply } from './reply.ts';

/** What every handler gets to know. */
type Asked<Path extends string> = Call & { readonly params: ParamsOf<Path> };
type InFair = { readonly context: CommandContext };

/** About one request, whatever its route. */
export type Call = {
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly requestId: string;
  readonly address: string;
  /** For headers and cookies; its body has been read already. */
  readonly request: Request;
  /** The turn of one item among those it came with. */
  readonly turn?: CommandContext['turn'];
};

type Described<Path extends string> = Access & {
  readonly path: Path;
  readonly summary: string;
  /** Parameters of the path that are no ids: a code, a day. */
  readonly params?: { readonly [Name in NamesIn<Path>]?: z.ZodType<string> };
  readonly own?: NamesIn<Path>;
  /** The JSON of the answer 200; a page or a file has none, and is no part of the API's description. */
  readonly answer?: z.ZodType;
};

type Read<Path extends string, Query, Given> = Described<Path> & {
  readonly query: z.ZodType<Query>;
  readonly handle: (asked: Asked<Path> & Given & { readonly query: Query }, ports: Ports) => Promise<Reply | Response>;
};

type Write<Path extends string, Body, Given> = Described<Path> & {
  readonly method: 'put' | 'post' | 'delete';
  readonly body: z.ZodType<Body>;
  /** Many ask it who share an address, as phones on one network do; a public read is always so. */
  readonly askedBy?: 'crowd';
  /** 256 KiB unless told. */
  readonly bodyBytesMax?: number;
  readonly handle: (asked: Asked<Path> & Given & { readonly body: Body }, ports: Ports) => Promise<Reply | Response>;
};

/** The parts of a request as they came. */
export type Raw = {
  readonly params: Readonly<Record<string, string>>;
  readonly query?: unknown;
  readonly body?: unknown;
};

/** A route of which only path, access and schemas are still known; its types live on inside `perform`. */
export type Route = Access & {
  readonly method: 'get' | 'put' | 'post' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly bodyBytesMax: number;
  readonly askedBy?: 'crowd';
  readonly answer?: z.ZodType;
  /**
   * Reads the parts and answers. The caller has been let in before.
   * @throws Problem 400 with every bad field, and whatever the handler throws.
   */
  readonly perform: (raw: Raw, call: Call, ports: Ports) => Promise<Reply | Response>;
};

/** For reads that take none; what is sent all the same is ignored. */
export const noQuery = z.object({});

const bodyBytesMaxDefault = 256 * 1024;

/** A write inside a fair: `context` is what its command needs. */
export const writeInFair = <Path extends `/api/fairs/{fair}${string}`, Body>(spec: Write<Path, Body, InFair>): Route =>
  write(spec, inFair);

export const readInFair = <Path extends `${'/api' | ''}/fairs/{fair}${string}`, Query>(
  spec: Read<Path, Query, InFair>,
): Route => read(spec, inFair);

export const writeAnywhere = <Path extends string, Body>(spec: Write<Path, Body, unknown>): Route =>
  write(spec, () => ({}));

export const readAnywhere = <Path extends string, Query>(spec: Read<Path, Query, unknown>): Route =>
  read(spec, () => ({}));

type Give<Given> = (call: Call, params: Readonly<Record<string, string>>) => Given;

const inFair: Give<InFair> = ({ caller, now, requestId, turn }, { fair = '' }) => ({
  context: { fair, actor: caller.actor, correlation: requestId, now, ...(turn ? { turn } : {}) },
});

function write<Path extends string, Body, Given>(spec: Write<Path, Body, Given>, give: Give<Given>): Route {
  const params = pathParams(spec.path, spec.params);
  return {
    ...described(spec, params),
    method: spec.method,
    body: spec.body,
    bodyBytesMax: spec.bodyBytesMax ?? bodyBytesMaxDefault,
    ...(spec.askedBy === undefined ? {} : { askedBy: spec.askedBy }),
    async perform(raw, call, ports) {
      const errors: FieldError[] = [];
      const path = params.parse(raw.params, errors);
      const body = parsePart(spec.body, raw.body, { part: 'body', errors });
      if (!path || !body) throw badRequest(errors);
      return spec.handle({ ...call, ...give(call, path), params: path, body: body.value }, ports);
    },
  };
}

function read<Path extends string, Query, Given>(spec: Read<Path, Query, Given>, give: Give<Given>): Route {
  const params = pathParams(spec.path, spec.params);
  return {
    // Whoever may not read something may not see it.
    ...described({ sees: [], ...spec }, params),
    method: 'get',
    query: spec.query,
    bodyBytesMax: 0,
    ...(spec.may.includes('public') ? { askedBy: 'crowd' } : {}),
    async perform(raw, call, ports) {
      const errors: FieldError[] = [];
      const path = params.parse(raw.params, errors);
      const query = parsePart(spec.query, raw.query, { part: 'query', errors });
      if (!path || !query) throw badRequest(errors);
      return spec.handle({ ...call, ...give(call, path), params: path, query: query.value }, ports);
    },
  };
}

const described = <Path extends string>(
  { path, summary, may, sees, own, answer }: Described<Path>,
  { schema }: PathParams<Path>,
) => ({
  path,
  summary,
  may,
  params: schema,
  ...(answer === undefined ? {} : { answer }),
  ...(sees === undefined ? {} : { sees }),
  ...(own === undefined ? {} : { own }),
});
