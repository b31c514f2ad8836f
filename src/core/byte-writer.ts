/** Text on its way into bytes: UTF-8, piece by piece, into memory that grows and is used again for the next text. */

import { fromUtf8, toUtf8 } from "./bytes.ts";
import { MAX_JSON_BYTES_PER_UNIT, writeJsonText } from "./write-text.ts";

const FIRST_BYTES = 65_536;
/** Above this, the engine's copying costs less than a loop. */
const SHORT_BYTES = 128;
const HEX_DIGITS: Uint8Array = toUtf8("0123456789abcdef");

/** Written by one text at a time; a class, since its fields are read once a character. */
export class ByteWriter {
  /** What was written lies in its first `length` bytes; another array after it had to grow. */
  memory: Uint8Array = new Uint8Array(FIRST_BYTES);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Makes room for so many bytes, and says where they go. */
  reserve(bytes: number): number {
    const needed = this.length + bytes;
    if (needed > this.memory.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.memory.length));
      larger.set(this.memory.subarray(0, this.length));
      this.memory = larger;
    }
    return this.length;
  }

  byte(code: number): void {
    this.reserve(1);
    this.memory[this.length++] = code;
  }

  bytes(part: Uint8Array): void {
    const at = this.reserve(part.length);
    if (part.length > SHORT_BYTES) this.memory.set(part, at);
    else for (let from = 0; from < part.length; from++) this.memory[at + from] = part[from] ?? 0;
    this.length = at + part.length;
  }

  /** Two lower-case hexadecimal digits a byte. */
  hexDigits(part: Uint8Array): void {
    let at = this.reserve(2 * part.length);
    for (const byte of part) {
      this.memory[at++] = HEX_DIGITS[byte >> 4] ?? 0;
      this.memory[at++] = HEX_DIGITS[byte & 0x0f] ?? 0;
    }
    this.length = at;
  }

  /** Characters that are all below U+0080. */
  ascii(text: string): void {
    const at = this.reserve(text.length);
    for (let from = 0; from < text.length; from++) this.memory[at + from] = text.charCodeAt(from);
    this.length = at + text.length;
  }

  /** A text as JSON writes it, in quotation marks. */
  json(text: string): void {
    const at = this.reserve(MAX_JSON_BYTES_PER_UNIT * text.length + 2);
    this.length = writeJsonText(this.memory, at, text);
  }

  /** All that was written, as text. */
  toText(): string {
    return fromUtf8(this.memory.subarray(0, this.length));
  }

  /** All that was written, in an array of its own. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.subarray(0, this.length));
  }
}
