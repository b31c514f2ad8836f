/** How large a document may be: above every genuine one known, and small enough for the reader to end. */

/** Levels of nesting; genuine documents have at most 12. */
export const MAX_DEPTH = 64;
/** Values in one document; genuine documents have at most 277. */
export const MAX_LEAVES = 10_000;
/**
 * Characters of a path; genuine documents have at most 63. Each value below is hashed with its whole path, and texts above 16,383 characters
 * are told apart by engines slowly where they are equally long.
 */
export const MAX_PATH_CHARS = 4_096;
/** Bytes hashed for one document, each value with its whole path; genuine documents have at most 60,000. */
export const MAX_HASHED_BYTES: number = 32 * 1024 * 1024;
/** Issuers of one document; genuine documents have at most 5. */
export const MAX_ISSUERS = 16;
