/** How much the strict reader takes in before it says no. */

export interface JsonLimits {
  readonly maxBytes: number;
  /** Arrays and objects inside each other; a number alone has depth 0. */
  readonly maxDepth: number;
  /** Members and elements in all, counted before reading by commas and opening brackets. */
  readonly maxValues: number;
}

export const STRICT_LIMITS: JsonLimits = { maxBytes: 16 * 1024 * 1024, maxDepth: 64, maxValues: 100_000 };

/** The readers call themselves once a level: no setting may take them near the end of the stack. */
export const MAX_DEPTH_LIMIT = 1_000;
