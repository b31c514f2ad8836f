/** GZIP by the streams that browsers and Node share, with a bound on what comes out: a few bytes can expand to gigabytes. */

import { concatBytes } from "../core/bytes.ts";

/** The bytes, compressed. */
export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return collect(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip")));
}

/** The bytes that were compressed; `too-large` as soon as there are more than `maxBytes`, `malformed` for anything else. */
export async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | "malformed" | "too-large"> {
  try {
    const found = await collect(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")), maxBytes);
    return found.length > maxBytes ? "too-large" : found;
  } catch {
    return "malformed"; // no GZIP, a wrong check sum, or something after the end
  }
}

/** All there is; reading stops once `maxBytes` are exceeded, so that at most one piece too many is held. */
async function collect(
  stream: ReadableStream<Uint8Array>,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  const reader = stream.getReader();
  for (let length = 0; length <= maxBytes;) {
    const { done, value } = await reader.read();
    if (done) return concatBytes(...pieces);
    pieces.push(value);
    length += value.length;
  }
  await reader.cancel();
  return concatBytes(...pieces);
}
