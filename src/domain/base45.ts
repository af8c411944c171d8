/** The 45 characters a QR code packs most densely besides digits (RFC 9285, table 1). */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const values = new Map(Array.from(alphabet).map((character, value) => [character, value]));

/** Two bytes are three characters, a last single byte is two (RFC 9285). */
export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [first = 0, second] = bytes.subarray(at, at + 2);
    const number = second === undefined ? first : first * 256 + second;
    text += (alphabet[number % 45] ?? '') + (alphabet[Math.floor(number / 45) % 45] ?? '');
    if (second !== undefined) text += alphabet[Math.floor(number / 2025)] ?? '';
  }
  return text;
}

/** The bytes, or undefined for text that `toBase45` makes of no bytes. */
export function fromBase45(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0));
  for (let at = 0, to = 0; at < text.length; at += 3, to += 2) {
    const group = text.slice(at, at + 3);
    const number = numberOf(group);
    if (number === undefined || number > (group.length === 3 ? 0xff_ff : 0xff)) return undefined;
    if (group.length === 3) bytes.set([number >> 8, number & 0xff], to);
    else bytes[to] = number;
  }
  return bytes;
}

function numberOf(group: string): number | undefined {
  let number = 0;
  for (const character of Array.from(group).toReversed()) {
    const value = values.get(character);
    if (value === undefined) return undefined;
    number = number * 45 + value;
  }
  return number;
}
