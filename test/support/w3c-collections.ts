/** Endorsements and learner records, as templates for them say it. */

import type { JsonObject } from "../../src/core/json.ts";
import { badge } from "./w3c-samples.ts";

const BADGES_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const RECORDS_CONTEXT = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";

/** What a template for endorsements holds: a body that accredits vouches for a faculty. */
export function endorsement(members: JsonObject = {}): JsonObject {
  return badge({
    id: "urn:uuid:7f2b7b6e-2a0c-4c56-9b1c-9a1a3a2a1a01",
    type: ["VerifiableCredential", "EndorsementCredential"],
    name: "Accreditation of the Faculty of Law",
    credentialSubject: {
      id: "did:web:law.uni.example",
      type: ["EndorsementSubject"],
      endorsementComment: "The programme meets the standards of 2026.",
    },
    ...members,
  });
}

/** What a template for learner records holds: credentials that were issued before, and how they belong together. */
export function learnerRecord(credentials: readonly JsonObject[]): JsonObject {
  return badge({
    "@context": ["https://www.w3.org/ns/credentials/v2", BADGES_CONTEXT, RECORDS_CONTEXT],
    id: "urn:uuid:7f2b7b6e-2a0c-4c56-9b1c-9a1a3a2a1a02",
    type: ["VerifiableCredential", "ClrCredential"],
    name: "Learner record",
    credentialSubject: {
      id: "did:example:graduate",
      type: ["ClrSubject"],
      verifiableCredential: credentials,
      association: [
        {
          type: "Association",
          associationType: "isChildOf",
          sourceId: "urn:uuid:7f2b7b6e-2a0c-4c56-9b1c-9a1a3a2a1a04",
          targetId: "urn:uuid:7f2b7b6e-2a0c-4c56-9b1c-9a1a3a2a1a03",
        },
      ],
    },
  });
}
