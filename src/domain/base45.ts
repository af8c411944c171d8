/** The 45 characters a QR code packs most densely besides digits (RFC 9285, table 1). */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** By character code; NaN for a character that is none of them. */
const values = Array.from({ length: 128 }, (_, code) => {
  const value = alphabet.indexOf(String.fromCharCode(code));
  return value < 0 ? Number.NaN : value;
});

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
  const rest = text.length % 3;
  if (rest === 1) return undefined;
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (rest === 2 ? 1 : 0));
  let to = 0;
  for (let at = 0; at < text.length; at += 3) {
    const isPair = at + 3 <= text.length;
    const number = valueAt(text, at) + 45 * valueAt(text, at + 1) + (isPair ? 2025 * valueAt(text, at + 2) : 0);
    // NaN is not within either.
    if (!(number <= (isPair ? 0xff_ff : 0xff))) return undefined;
    if (isPair) bytes[to++] = number >> 8;
    bytes[to++] = number & 0xff;
  }
  return bytes;
}

const valueAt = (text: string, at: number): number => values[text.charCodeAt(at)] ?? Number.NaN;
