/** Host names: what a document may give as the place where its issuer is known. */

/**
 * The host name that a text is, in lower case, or undefined.
 *
 * Letters, digits and hyphens; two or more labels of 1 to 63 characters, 253 in all; no port, path, query or trailing dot. A
 * name whose last label is a number is an address to every URL reader, so it is none here. Names in other scripts are
 * written in their `xn--` form.
 *
 * @see RFC 1123 §2.1; WHATWG URL, "ends in a number"
 */
export function findHostName(text: string): string | undefined {
  // before lower-casing, which makes plain letters of some that are not (the Kelvin sign)
  if (text.length > 253 || !/^[A-Za-z0-9.-]+$/.test(text)) return undefined;
  const name = text.toLowerCase();
  const labels = name.split(".");
  const wellFormed = labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  const isNumber = /^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? "");
  return wellFormed && labels.length >= 2 && !isNumber ? name : undefined;
}

/**
 * Whether a name is the one in a list's entry, or lies below it where the entry begins with `*.`. Labels are compared whole:
 * `evil-uni.example` is not below `uni.example`.
 *
 * @param name  a host name, lower case.
 * @param entry  a host name, lower case, or `*.` and one.
 */
export function matchesHostName(name: string, entry: string): boolean {
  return entry.startsWith("*.") ? name.endsWith(entry.slice(1)) : name === entry;
}
