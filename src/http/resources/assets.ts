import { z } from 'zod';
import { Problem } from '../problems.ts';
import { noQuery, readAnywhere, type Route } from '../route.ts';

/** A file's name changes with its content, so that a browser asks for it once in its life. */
const asset = readAnywhere({
  path: '/assets/{file}',
  summary: 'A script, a style, a font or an image',
  may: ['public'],
  params: { file: z.string().regex(/^[\w-]{1,100}\.[a-z0-9]{1,5}$/, 'must be the name of a file') },
  query: noQuery,
  handle: async ({ params }, ports) => {
    const found = await ports.assets.read(params.file);
    if (!found) throw new Problem('not-found');
    return new Response(found.bytes, {
      headers: {
        'content-type': found.type,
        'content-length': String(found.bytes.byteLength),
        'cache-control': 'public, max-age=31536000, immutable',
      },
    });
  },
});

export const assets: readonly Route[] = [asset];
