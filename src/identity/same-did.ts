/** How DIDs and the names of their keys are compared. */

/**
 * Whether two DIDs, or two DID URLs, are the same.
 *
 * The addresses in a did:ethr are written in either case, so case tells nothing there; everywhere else it does. Only the
 * letters A to Z have a case here: full lower-casing would make a `k` of a Kelvin sign.
 */
export function isSameDid(a: string, b: string): boolean {
  return fold(a) === fold(b);
}

/** A key's id within the document `id`, where it may be written short, as `#…`. */
export function toAbsolute(key: string, id: string): string {
  return key.startsWith("#") ? `${id}${key}` : key;
}

function fold(did: string): string {
  return /^did:ethr:/i.test(did) ? did.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) : did;
}
