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

/** What every answer tells the browser; a handler's own `Cache-Control` goes before. Without one nothing is kept. */
export const securityHeaders = ({ https }: { https: boolean }): Readonly<Record<string, string>> => ({
  ...always,
  ...(https ? httpsOnly : {}),
  'cache-control': 'no-store',
});
