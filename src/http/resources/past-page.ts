import { z } from 'zod';
import type { FairSettings } from '../../../events/fair.ts';
import type { FiguresDocument } from '../../contract/figures.ts';
import { fieldOf } from '../../web/format.ts';
import { htmlOf } from '../../web/html.ts';
import { type AskedMoments, pastPage } from '../../web/pages/past.tsx';
import { frameOf, htmlResponse, pageQuery } from '../frame.ts';
import { knownFair } from '../known-fair.ts';
import { readInFair, type Route } from '../route.ts';
import { pastFigures } from './figures.ts';

/** What a form sends is never refused as a whole: the page says what is wrong with it. */
const typed = z.string().max(40).catch('?').default('');

const past = readInFair({
  path: '/fairs/{fair}/past',
  summary: 'The figures at a moment that has passed: true at, known at (xem số liệu tại một thời điểm)',
  may: ['viewer', 'organiser', 'auditor'],
  query: pageQuery.extend({ asOf: typed, knownAt: typed }),
  handle: async (asked, ports) => {
    const { params, query, caller, now } = asked;
    const { settings } = await knownFair(ports, params.fair);
    const moments = { asOf: momentOf(query.asOf, now), knownAt: momentOf(query.knownAt, now) };
    const { asOf, knownAt } = moments;
    const page = (then: Then, status?: number) =>
      htmlResponse(
        htmlOf(
          pastPage({
            ...frameOf(asked, ports),
            viewer: caller.actor.role,
            fair: briefOf(params.fair, settings),
            asked: fieldsOf(moments),
            ...then,
          }),
        ),
        asked,
        status,
      );
    if (asOf === 'wrong' || knownAt === 'wrong') return page({ figures: undefined, problem: 'wrong' }, 400);
    if (asOf === undefined && knownAt === undefined) return page({ figures: undefined });
    const figures = await pastFigures(ports, { fair: params.fair, query: { asOf, knownAt }, caller, now });
    return figures ? page({ figures }) : page({ figures, problem: 'unknown' }, 404);
  },
});

type Then = { readonly figures: FiguresDocument | undefined; readonly problem?: 'wrong' | 'unknown' };
type Typed = number | 'wrong' | undefined;

const vietnam = z.iso.datetime({ local: true, offset: true });

/** A day and a time in Vietnam, or a moment with its offset; ms. */
function momentOf(text: string, now: number): Typed {
  if (text === '') return undefined;
  const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}+07:00`;
  const moment = vietnam.safeParse(text).success ? Date.parse(zoned) : Number.NaN;
  return moment >= 0 && moment <= now ? moment : 'wrong';
}

const fieldsOf = ({ asOf, knownAt }: { readonly asOf: Typed; readonly knownAt: Typed }): AskedMoments => ({
  asOf: typeof asOf === 'number' ? fieldOf(new Date(asOf).toISOString()) : '',
  knownAt: typeof knownAt === 'number' ? fieldOf(new Date(knownAt).toISOString()) : '',
});

const briefOf = (id: string, { name, days, opens, closes }: FairSettings) => ({ id, name, days, opens, closes });

export const pastPages: readonly Route[] = [past];
