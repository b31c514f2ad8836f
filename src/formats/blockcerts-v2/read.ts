/** Version 2, read: what an assertion says, and what stands behind it. */

import type { Claims, CredentialView, StatusClaim } from "../../core/claims.ts";
import type { JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { insistOnPlainBody, readContexts } from "../blockcerts/contexts.ts";
import { hashContent } from "../blockcerts/hash-content.ts";
import { anchorOf, inclusionOf } from "../blockcerts/merkle-proof.ts";
import { toBLink } from "../blockcerts/networks.ts";
import { findId, findName, readContent, type ReadContent } from "../blockcerts/read-content.ts";
import { findText, findThing, valuesOf } from "../blockcerts/statements.ts";
import { findVersion, isVersion1 } from "../blockcerts/versions.ts";
import { toView } from "../blockcerts/view.ts";
import { badge, blockcerts, EXPIRES } from "../blockcerts/vocabulary.ts";
import { readSignature } from "./signature.ts";

const VERSIONS: readonly string[] = ["2.0-alpha", "2.0", "2.1"];

/** @throws {Refusal} with whatever makes the document not one of version 2. */
export async function readClaims(document: JsonObject): Promise<Claims> {
  insistOnVersion(document);
  insistOnPlainBody(document, () => false);
  const contexts = await readContexts(document);
  const { signature: _, ...content } = document;
  const hashed = await hashContent(content);
  const proof = readSignature(document);
  const read = await readContent(content, contexts, hashed, badge("Assertion"));
  const anchor = anchorOf(proof, inclusionOf(proof, hashed.leaf));
  const issuer = readIssuer(read);
  const until = findText(read.graph, read.root, EXPIRES);
  return {
    format: "blockcerts-v2",
    inclusions: [anchor.inclusion],
    anchors: [anchor],
    signatures: [],
    statuses: readStatuses(read, issuer.id),
    issuers: [{ ...issuer, proof: { kind: "issuer-profile", location: issuer.id, anchor } }],
    validity: until === undefined ? {} : { until },
    hidden: 0,
    links: read.links,
    unprotected: read.unprotected,
    credential: viewOf(read),
    mayLack: ["signature", "status"],
    faults: [],
    evidence: { ...read.evidence, anchors: [toBLink(proof.anchor)] },
  };
}

/** Version 1 digested the text of documents in ways of its own, and its keys are judged by other rules. */
function insistOnVersion(document: JsonObject): void {
  if (isVersion1(document))
    refuse(
      "FORMAT_UNSUPPORTED",
      "This is a Blockcerts document of version 1, which is recognised but not verified here.",
    );
  const version = findVersion(document)?.name;
  if (version !== undefined && !VERSIONS.includes(version))
    refuse("FORMAT_UNSUPPORTED", `This is a Blockcerts document of version ${version}, which is not known here.`);
}

interface Issuer {
  /** Address of the issuer's profile. */
  readonly id: string;
  readonly name?: string;
}

/** The issuer is the badge's. */
function readIssuer({ graph, root }: ReadContent): Issuer {
  const badgeClass = findThing(graph, root, badge("badge"));
  const thing = badgeClass === undefined ? undefined : findThing(graph, badgeClass, badge("issuer"));
  const id = thing === undefined ? undefined : findId(thing);
  if (id === undefined) return refuse("SHAPE_WRONG", "The document's badge names no issuer by an address.");
  const name = findName(graph, id);
  return name === undefined ? { id } : { id, name };
}

/** A document counts as withdrawn on the list of the issuer's profile, and on the one it carries itself. */
function readStatuses({ graph, root }: ReadContent, issuer: string): StatusClaim[] {
  const document = findId(root);
  if (document === undefined) return []; // lists name ids, so none can name this document
  const own = findThing(graph, issuer, badge("revocationList"));
  const embedded: StatusClaim[] =
    own === undefined ? [] : [{ kind: "revocation-list", namedBy: "document", location: own, document }];
  return [{ kind: "revocation-list", namedBy: "issuer-profile", location: issuer, document }, ...embedded];
}

function viewOf({ graph, root, labels }: ReadContent): CredentialView {
  const title = findName(graph, findThing(graph, root, badge("badge")));
  const holder = findName(graph, findRecipient(graph, root));
  const issuedOn = findText(graph, root, badge("issueDate"));
  return {
    ...(title !== undefined && { title }),
    ...(holder !== undefined && { holder }),
    ...(issuedOn !== undefined && { issuedOn }),
    content: toView(graph, root, labels),
  };
}

/** The recipient's profile stands in the assertion, in 2.0-alpha inside the recipient. */
function findRecipient(graph: ReadContent["graph"], root: string): string | undefined {
  const property = blockcerts("recipientProfile");
  const recipient = findThing(graph, root, badge("recipient"));
  return [root, recipient]
    .flatMap((thing) => (thing === undefined ? [] : valuesOf(graph, thing, property)))
    .map((value) => (value.kind === "thing" ? value.id : undefined))
    .find((thing) => thing !== undefined);
}
