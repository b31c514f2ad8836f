/** Names that may be taken for another: what a reader should be told before believing his eyes. */

import type { Evidence } from "../core/findings.ts";
import { findUnicodeLabel } from "./punycode.ts";

/** Scripts whose letters are found in names; everything that is not one of them is a script of its own. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  Latin: /\p{Script=Latin}/u,
  Greek: /\p{Script=Greek}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Armenian: /\p{Script=Armenian}/u,
  Hebrew: /\p{Script=Hebrew}/u,
  Arabic: /\p{Script=Arabic}/u,
  Devanagari: /\p{Script=Devanagari}/u,
  Thai: /\p{Script=Thai}/u,
  Han: /\p{Script=Han}/u,
  Hiragana: /\p{Script=Hiragana}/u,
  Katakana: /\p{Script=Katakana}/u,
  Hangul: /\p{Script=Hangul}/u,
  Bopomofo: /\p{Script=Bopomofo}/u,
};

/** Scripts that are written together within one word, besides Latin (UTS #39 §5.2, "highly restrictive"). */
const WRITTEN_TOGETHER: readonly (readonly string[])[] = [
  ["Latin", "Han", "Hiragana", "Katakana"],
  ["Latin", "Han", "Hangul"],
  ["Latin", "Han", "Bopomofo"],
];

/** True when one word of the text mixes scripts that no language mixes: `Univеrsity` with a Cyrillic `е`. */
export function mixesScripts(text: string): boolean {
  if (isAscii(text)) return false; // nearly every text: all letters are Latin
  return text.split(/[^\p{Letter}\p{Mark}]+/u).some((word) => {
    const scripts = scriptsOf(word);
    return scripts.size > 1 && !WRITTEN_TOGETHER.some((together) => scripts.isSubsetOf(new Set(together)));
  });
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

function scriptsOf(word: string): Set<string> {
  const scripts = new Set<string>();
  for (const letter of word) {
    if (!/\p{Letter}/u.test(letter) || /\p{Script=Common}/u.test(letter)) continue;
    scripts.add(Object.keys(SCRIPTS).find((script) => SCRIPTS[script]?.test(letter)) ?? "other");
  }
  return scripts;
}

/**
 * What to tell about a domain and about the name a document gives its issuer: nothing where both are plain.
 *
 * `shownAs` is how the domain looks where `xn--` is drawn as letters; it is never the name to believe. Letters of one foreign
 * script can imitate Latin ones throughout, so every such domain is shown both ways, mixed or not.
 */
export function noticesOf(domain: string, claimedName: string | undefined): Evidence {
  const labels = domain.split(".").map((label) => findUnicodeLabel(label) ?? label);
  const shownAs = labels.join(".");
  return {
    ...(shownAs !== domain && { shownAs }),
    ...(labels.some(mixesScripts) && { domainMixesScripts: true }),
    ...(claimedName !== undefined && mixesScripts(claimedName) && { nameMixesScripts: true }),
  };
}
