import { type PassClaims, passToken, signedPart } from '../domain/pass-token.ts';

/** Signs with the fair's key; the same message gets the same signature. */
export type PassSigner = {
  readonly passKeys: { sign(fair: string, message: Uint8Array): Promise<Uint8Array> };
};

export type PassPrinter = PassSigner & {
  /** Gives passes of a fair their short codes, in their order; asked again, the same. */
  readonly shortCodes: { codesOf(fair: string, passes: readonly PassClaims[]): Promise<readonly string[]> };
};

/** What stands on a pass: the text of its QR code, and under it the short code. */
export type PrintedPass = { readonly pass: string; readonly token: string; readonly shortCode: string };

export async function printPass(ports: PassPrinter, claims: PassClaims): Promise<PrintedPass> {
  const [printed] = await printPasses(ports, claims.fair, [claims]);
  if (!printed) throw new Error(`the pass ${claims.pass} was not printed`);
  return printed;
}

/** What stands on many passes of one fair, in their order. */
export async function printPasses(
  ports: PassPrinter,
  fair: string,
  passes: readonly PassClaims[],
): Promise<PrintedPass[]> {
  const codes = await ports.shortCodes.codesOf(fair, passes);
  return Promise.all(
    passes.map(async (claims, index) => ({
      pass: claims.pass,
      token: await signPass(ports, claims),
      shortCode: codes[index] ?? '',
    })),
  );
}

export async function signPass({ passKeys }: PassSigner, claims: PassClaims): Promise<string> {
  const signed = signedPart(claims);
  return passToken(signed, await passKeys.sign(claims.fair, signed));
}
