import type { MiddlewareHandler } from 'hono';

/** Only our own files, no inline script or style, in nobody's frame. `blob:` and `data:` are for drawn QR codes. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const always = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=()',
};

const httpsOnly = { 'strict-transport-security': 'max-age=31536000' };

/** What every answer tells the browser. A handler's own `Cache-Control` stands; without one nothing is kept. */
export const securityHeaders = ({ https }: { https: boolean }): MiddlewareHandler => {
  const headers = Object.entries({ ...always, ...(https ? httpsOnly : {}) });
  return async (c, next) => {
    await next();
    for (const [name, value] of headers) c.res.headers.set(name, value);
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
  };
};
