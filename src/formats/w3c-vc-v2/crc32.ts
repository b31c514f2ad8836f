/** CRC-32 as PNG and gzip use it. */

/** One entry a byte: what eight steps of the polynomial 0xEDB88320 make of it. */
const TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb8_8320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/**
 * The checksum of the bytes, 32 bits without sign.
 *
 * @see PNG Third Edition, annex D
 */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffff_ffff;
  for (const byte of bytes) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffff_ffff) >>> 0;
}
