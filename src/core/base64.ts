/** Base64 with padding (RFC 4648 section 4), written and read in one way only, so that one value has one text. */

const CHUNK_BYTES = 0x8000;

/** The bytes as base64 text. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES));
  return btoa(binary);
}

/**
 * The bytes that base64 text stands for.
 *
 * @throws {RangeError} unless it is the very text `toBase64` writes: no white space, padding in full, no loose bits.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new RangeError("not base64 text");
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  const rest = bytes.length % 3;
  if (rest > 0 && toBase64(bytes.subarray(-rest)) !== text.slice(-4))
    throw new RangeError("base64 text with bits that belong to no byte");
  return bytes;
}
