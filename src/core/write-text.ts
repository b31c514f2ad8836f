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

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/** The most bytes that a code unit takes in a JSON text: `\u0000`. */
export const MAX_JSON_BYTES_PER_UNIT = 6;

/**
 * Writes a text as `JSON.stringify` does, in quotation marks, from `start` on, and says where it ends.
 *
 * @param memory  with room for MAX_JSON_BYTES_PER_UNIT bytes a code unit, and two.
 */
export function writeJsonText(memory: Uint8Array, start: number, text: string): number {
  let at = start;
  memory[at++] = QUOTE;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const isPlain = code >= FIRST_PRINTABLE && code < FIRST_NOT_ASCII && code !== QUOTE && code !== BACKSLASH;
    if (!isPlain) return writeText(memory, start, JSON.stringify(text));
    memory[at++] = code;
  }
  memory[at++] = QUOTE;
  return at;
}
