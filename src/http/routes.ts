import { apiDocs } from './resources/api-docs.ts';
import { applications } from './resources/applications.ts';
import { assets } from './resources/assets.ts';
import { auditGrants } from './resources/audit-grants.ts';
import { booths } from './resources/booths.ts';
import { catalogueUploads } from './resources/catalogue-uploads.ts';
import { closings } from './resources/closings.ts';
import { corrections } from './resources/corrections.ts';
import { dailyFigures } from './resources/daily-figures.ts';
import { devices } from './resources/devices.ts';
import { enrolments } from './resources/enrolments.ts';
import { facts } from './resources/facts.ts';
import { fairs } from './resources/fairs.ts';
import { figureEvents } from './resources/figure-events.ts';
import { figures } from './resources/figures.ts';
import { groups } from './resources/groups.ts';
import { live } from './resources/live.ts';
import { log } from './resources/log.ts';
import { operations } from './resources/operations.ts';
import { pages } from './resources/pages.ts';
import { passes } from './resources/passes.ts';
import { pastPages } from './resources/past-page.ts';
import { posterScans } from './resources/poster-scans.ts';
import { posters } from './resources/posters.ts';
import { publicPasses } from './resources/public-passes.ts';
import { sales } from './resources/sales.ts';
import { scans } from './resources/scans.ts';
import { sessions } from './resources/sessions.ts';
import { stock } from './resources/stock.ts';
import { tokens } from './resources/tokens.ts';
import { voids } from './resources/voids.ts';
import { walkIns } from './resources/walk-ins.ts';
import type { Route } from './route.ts';

/** Every route there is, a line a resource; `test/http/every-route.test.ts` asks each for its contract test. */
const served: readonly Route[] = [
  ...applications,
  ...assets,
  ...auditGrants,
  ...booths,
  ...catalogueUploads,
  ...closings,
  ...corrections,
  ...dailyFigures,
  ...devices,
  ...enrolments,
  ...facts,
  ...fairs,
  ...figureEvents,
  ...figures,
  ...groups,
  ...live,
  ...log,
  ...operations,
  ...pages,
  ...pastPages,
  ...passes,
  ...posterScans,
  ...posters,
  ...publicPasses,
  ...sales,
  ...scans,
  ...sessions,
  ...stock,
  ...tokens,
  ...voids,
  ...walkIns,
];

export const routes: readonly Route[] = [...served, ...apiDocs(served)];
