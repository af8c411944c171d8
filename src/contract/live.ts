/**
 * What `GET /api/fairs/{fair}/live` sends (server-sent events).
 * At once, and after every change: `event: figures`, `id:` the document's position, `data:` the document on one line
 * (a FiguresDocument for a viewer or more, PublicFigures for everybody else).
 * Every `heartbeatSeconds` without one: `event: heartbeat`, `data: {}`, so that a page can tell silence from calm.
 */
export const figuresEvent = 'figures';
export const heartbeatEvent = 'heartbeat';
export const heartbeatSeconds = 15;
