/** Is what a document links to by digest still that? Only what lies at hosts that the verifier was told it may ask is looked at. */

import { toHex } from "../core/bytes.ts";
import type { Claims, LinkedContent } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";
import type { LinkedContentReader } from "../core/ports/status.ts";
import { sha256 } from "../core/sha256.ts";

/** Links that are followed, and addresses of one: the document chose how many there are. */
const MAX_LINKS = 20;
const MAX_ADDRESSES = 3;

/**
 * A finding for each link behind which something else lies, and one for those that hold; what cannot be had is reported as
 * missing, and takes nothing away from the document itself. None for a document without links, or whose links lead nowhere.
 */
export async function checkLinks({ links = [] }: Claims, reader: LinkedContentReader): Promise<readonly Finding[]> {
  const outcomes = await Promise.all(links.slice(0, MAX_LINKS).map(async (link) => follow(link, reader)));
  const differing = outcomes.flatMap((outcome) => (outcome.kind === "differs" ? [outcome.finding] : []));
  const holding = links.filter((_, at) => outcomes[at]?.kind === "holds").map(({ link }) => link);
  const missing = links.filter((_, at) => outcomes[at]?.kind !== "holds").map(({ link }) => link);
  if (differing.length > 0 || holding.length === 0) return differing;
  const message = "What it links to by digest is what it was.";
  return [finding("integrity", "LINKED_CONTENT_HOLDS", message, { holding, missing })];
}

type Outcome = { readonly kind: "holds" | "missing" } | { readonly kind: "differs"; readonly finding: Finding };

/** Every address has to lead to the same: a page shows whichever it takes. */
async function follow({ link, sha256: stated, urls }: LinkedContent, reader: LinkedContentReader): Promise<Outcome> {
  const answers = await Promise.all(
    urls.slice(0, MAX_ADDRESSES).map(async (url) => ({ url, answer: await reader.contentAt(url) })),
  );
  let holds = false;
  for (const { url, answer } of answers) {
    if (answer.kind === "silent") continue;
    const computed = toHex(sha256(answer.value));
    if (computed !== stated) return { kind: "differs", finding: differs({ link, url, stated, computed }) };
    holds = true;
  }
  return { kind: holds ? "holds" : "missing" };
}

function differs(evidence: {
  readonly link: string;
  readonly url: string;
  readonly stated: string;
  readonly computed: string;
}): Finding {
  const message = `At ${evidence.url} lies something else than what the document links to.`;
  return finding("integrity", "LINKED_CONTENT_DIFFERS", message, evidence);
}
