/** Does the content still give the digests the document states? No network, and the first check of all. */

import type { Claims, StatedDigest } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";

/** One finding: the first digest that differs, content that no digest covers, or that all is well. */
export function checkIntegrity(claims: Claims): Finding {
  for (const { leaf, root } of claims.inclusions) {
    if (differs(leaf)) {
      return finding("integrity", "DIGEST_MISMATCH", "The content is not what was issued: its digest differs.", {
        stated: leaf.stated,
        computed: leaf.computed,
      });
    }
    if (differs(root)) {
      return finding("integrity", "ROOT_MISMATCH", "The proof does not lead from this document to the stated root.", {
        stated: root.stated,
        computed: root.computed,
      });
    }
  }
  if (claims.inclusions.length === 0 && claims.signatures.length === 0) {
    return finding("integrity", "PROOF_MISSING", "The document carries no proof.");
  }
  if (claims.unprotected.length > 0) {
    return finding("integrity", "CONTENT_UNPROTECTED", "Some of the content shown is not covered by the proof.", {
      unprotected: claims.unprotected,
    });
  }
  const message =
    claims.mayBePartial === true
      ? "What is shown is exactly what was issued; its holder may have left parts out."
      : "The document is exactly what was issued.";
  return finding("integrity", "INTEGRITY_HOLDS", message, {
    ...claims.evidence,
    ...(claims.mayBePartial === true && { mayBePartial: true }),
    ...(claims.hidden > 0 && { hiddenEntries: claims.hidden }),
  });
}

function differs(digest: StatedDigest): boolean {
  return digest.stated !== digest.computed;
}
