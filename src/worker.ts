import { applicationOn, type Context } from './worker/application.ts';
import { notSetUp, refuseAll } from './worker/not-set-up.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** The server on Cloudflare Workers: `wrangler.toml` says with what, `docs/workers.md` how to run it. */
const worker = {
  fetch: (request: Request, bindings: object, context: Context): Response | Promise<Response> =>
    applicationOn(bindings)?.answer(request, context) ?? refuseAll(notSetUp()),

  /** @param event `scheduledTime` in ms since 1970, a whole minute */
  scheduled: async (event: { readonly scheduledTime: number }, bindings: object): Promise<void> => {
    const isHourly = event.scheduledTime % hourMs < minuteMs;
    await applicationOn(bindings)?.chores({ isHourly });
  },
};

// oxlint-disable-next-line import/no-default-export -- The runtime looks for its handlers there.
export default worker;
