import { BlockList, isIP } from 'node:net';

const loopback = ['127.0.0.0/8', '::1'];

/**
 * Who asks, as the network says. A proxy that is trusted is believed about whom it asks for, and so is the one that it
 * names; anybody else may write what they like into `X-Forwarded-For`.
 * @param trustedProxies addresses and networks (`10.0.0.0/8`) beside this machine itself
 */
export function peerAddressBehind(trustedProxies: readonly string[]): (runtime: unknown, headers: Headers) => string {
  const trusted = new BlockList();
  for (const proxy of [...loopback, ...trustedProxies]) trust(trusted, proxy);
  const isTrusted = remembered((address) => isIn(trusted, address));
  return (runtime, headers) => {
    const forwarded =
      headers
        .get('x-forwarded-for')
        ?.split(',')
        .map((address) => address.trim()) ?? [];
    let asks = socketAddress(runtime);
    while (isTrusted(asks)) {
      const named = forwarded.pop();
      if (named === undefined || isIP(named) === 0) return asks;
      asks = plain(named);
    }
    return asks;
  };
}

/** Asked for every request, mostly about the same few. */
function remembered(judge: (address: string) => boolean, addressesMax = 10_000): (address: string) => boolean {
  const known = new Map<string, boolean>();
  return (address) => {
    const before = known.get(address);
    if (before !== undefined) return before;
    if (known.size >= addressesMax) known.clear();
    const judged = judge(address);
    known.set(address, judged);
    return judged;
  };
}

const trust = (trusted: BlockList, proxy: string): void => {
  const [address = '', bits] = proxy.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (bits === undefined) trusted.addAddress(address, family);
  else trusted.addSubnet(address, Number(bits), family);
};

const isIn = (list: BlockList, address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
};

/** An IPv4 address is the same whether it came over an IPv6 socket or not. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** What `@hono/node-server` hands on: `{ incoming: IncomingMessage }`. */
const socketAddress = (runtime: unknown): string => {
  const incoming = fieldOf(runtime, 'incoming');
  const address = fieldOf(fieldOf(incoming, 'socket'), 'remoteAddress');
  return typeof address === 'string' ? plain(address) : 'unknown';
};

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : undefined;
