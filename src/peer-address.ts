/**
 * The address of whoever asks. A proxy on this very machine is believed about whom it asks for; anybody else may write
 * what they like into the header.
 */
export function peerAddress(runtime: unknown, headers: Headers): string {
  const peer = socketAddress(runtime);
  const forwarded = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  return isLoopback(peer) && forwarded ? forwarded : peer;
}

const isLoopback = (address: string): boolean => address === '::1' || /^(::ffff:)?127\./.test(address);

/** What `@hono/node-server` hands on: `{ incoming: IncomingMessage }`. */
const socketAddress = (runtime: unknown): string => {
  const incoming = fieldOf(runtime, 'incoming');
  const address = fieldOf(fieldOf(incoming, 'socket'), 'remoteAddress');
  return typeof address === 'string' ? address : 'unknown';
};

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : undefined;
