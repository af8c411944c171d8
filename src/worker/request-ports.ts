import { figuresEvent } from '../contract/live.ts';
import { FairList } from '../figures/fair-list.ts';
import { eventFrame, type Frame } from '../http/event-stream.ts';
import type { Ports } from '../http/ports.ts';
import { portsOn } from '../ports.ts';
import { ProjectionProgress } from '../projector/progress.ts';
import type { Assets } from '../web/asset-manifest.ts';
import { boundAssets } from './asset-files.ts';
import type { Isolate } from './isolate.ts';
import { RequestFigures } from './known-figures.ts';
import type { RequestGround } from './request-ground.ts';
import { SharedLive } from './shared-live.ts';

export type RequestPorts = Ports & {
  /** Whether the answer is a stream that goes on reading figures; it closes the ground itself. */
  readonly isFollowed: () => boolean;
};

/** What the HTTP layer stands on for one request. */
export function requestPorts(isolate: Isolate, ground: RequestGround, assets: Assets): RequestPorts {
  const { config, log, keyring, memory, rooms } = isolate;
  const { db, projections, store } = ground;
  const figures = new RequestFigures(projections, store, isolate.figures);
  const list = new FairList(projections, isolate.list);
  const live = new SharedLive<Frame>({
    rooms,
    figures,
    frameOf: (document) => eventFrame({ event: figuresEvent, id: document.position, data: JSON.stringify(document) }),
  });
  const stopping = new AbortController();
  let followed = false;
  const ports = portsOn({
    figures,
    live: {
      subscribe(fair, audience, listener) {
        followed = true;
        const stop = live.subscribe(fair, audience, listener);
        const timer = setTimeout(() => stopping.abort(), streamMs);
        return () => {
          clearTimeout(timer);
          stop();
          ground.close().catch((error: unknown) => log.warn({ err: error }, 'a connection did not close'));
        };
      },
    },
    progress: new ProjectionProgress(projections, nobodyTells),
    fairList: (query) => list.now(query),
    projections,
    stopping: stopping.signal,
    store,
    database: db,
    keyring,
    memory,
    clock: Date.now,
    log,
    metrics: noMetrics,
    assets: boundAssets(config.assets, assets),
    readiness: () => readinessOf(ground),
    addressOf: (_, headers) => headers.get('cf-connecting-ip') ?? 'unknown',
    publicUrl: config.publicUrl,
  });
  return { ...ports, isFollowed: () => followed };
}

/** One request has so much processor time and so many subrequests; a browser whose stream ends comes back at once. */
const streamMs = 600_000;

/** Nothing hears a NOTIFY here; whoever waits for the figures looks for them. */
const nobodyTells = { subscribe: () => () => {} };

/** An isolate is one of many, and soon gone: its numbers would say nothing. Log lines hold what a request took. */
const noMetrics: Ports['metrics'] = {
  request: () => {},
  streamOpened: () => {},
  streamClosed: () => {},
  text: async () => '',
  contentType: 'text/plain',
};

const readinessOf = async ({ store }: RequestGround): Promise<{ readonly log: 'ready' | 'waiting' }> => ({
  log: await store.head().then(
    () => 'ready' as const,
    () => 'waiting' as const,
  ),
});
