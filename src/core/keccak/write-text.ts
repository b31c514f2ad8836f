/** Writes a text's UTF-8 bytes into memory that is there already. */

/** Above this length the call into the engine's encoder costs less than writing character by character. */
const SHORT_TEXT = 40;
const FIRST_NOT_ASCII = 0x80;
const encoder = new TextEncoder();

/** The most bytes that UTF-8 takes for one code unit of a text. */
export const MAX_BYTES_PER_UNIT = 3;

/**
 * Writes the text from `start` on, and says where it ends.
 *
 * @param memory  with room for MAX_BYTES_PER_UNIT bytes a code unit.
 * @param text  a lone surrogate becomes U+FFFD.
 */
export function writeText(memory: Uint8Array, start: number, text: string): number {
  const written = text.length <= SHORT_TEXT ? writeAscii(memory, start, text) : 0;
  if (written === text.length) return start + written;
  return start + encoder.encodeInto(text, memory.subarray(start)).written;
}

/** Writes characters up to the first that is not ASCII, and says how many. */
function writeAscii(memory: Uint8Array, start: number, text: string): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= FIRST_NOT_ASCII) return index;
    memory[start + index] = code;
  }
  return text.length;
}
