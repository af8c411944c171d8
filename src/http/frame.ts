import { parse, serialize } from 'hono/utils/cookie';
import { z } from 'zod';
import { languageCookie, languageOf, languages } from '../web/language.ts';
import type { Frame } from '../web/pages/layout.tsx';
import type { Ports } from './ports.ts';
import type { Call } from './route.ts';

/** What every page takes: `?lang=`, which is remembered. */
export const pageQuery = z.object({ lang: z.enum(languages).optional().catch(undefined) });

type Asked = Pick<Call, 'caller' | 'request'>;

/** What every page is given. */
export function frameOf({ caller, request }: Asked, { assets }: Pick<Ports, 'assets'>): Frame {
  const language = languageOf({
    query: askedLanguage(request),
    cookie: parse(request.headers.get('cookie') ?? '', languageCookie)[languageCookie],
    acceptLanguage: request.headers.get('accept-language') ?? undefined,
  });
  return { language, viewer: caller.by === 'nothing' ? null : caller.actor.role, assets: assets.addresses };
}

/** A page; it is another one for another reader, and a language that was asked for is remembered for a year. */
export function htmlResponse(html: string, { request }: Pick<Asked, 'request'>, status = 200): Response {
  const chosen = languages.find((language) => language === askedLanguage(request));
  const remember = chosen === undefined ? {} : { 'set-cookie': serialize(languageCookie, chosen, rememberedHow) };
  const about = { 'content-type': 'text/html; charset=utf-8', vary: 'Accept-Language, Cookie' };
  return new Response(html, { status, headers: { ...about, ...remember } });
}

const askedLanguage = (request: Request): string | undefined =>
  new URL(request.url).searchParams.get('lang') ?? undefined;

const rememberedHow = { path: '/', sameSite: 'Lax', maxAge: 31_536_000 } as const;
