/** What a version 3 credential says, read from its statements: issuer, dates, what may be shown, what nothing protects. */

import type { CredentialView, ValidityClaim } from "../../core/claims.ts";
import type { Evidence } from "../../core/findings.ts";
import { memberOf, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { findId, findName, type ReadContent } from "../blockcerts/read-content.ts";
import { findText, findThing, valuesOf } from "../blockcerts/statements.ts";
import { findVersion } from "../blockcerts/versions.ts";
import { toView } from "../blockcerts/view.ts";
import { VALID_FROM, VALID_UNTIL, vc } from "../blockcerts/vocabulary.ts";

/** Who the document says has issued it. */
export interface Issuer {
  /** Address of a profile, or a DID. */
  readonly id: string;
  readonly name?: string;
}

/** @throws {Refusal} `SHAPE_WRONG` for a document that names no issuer, or one without an address. */
export function readIssuer({ graph, root }: ReadContent): Issuer {
  const thing = findThing(graph, root, vc("issuer"));
  const id = thing === undefined ? undefined : findId(thing);
  if (id === undefined) return refuse("SHAPE_WRONG", "The document names no issuer by an address or a DID.");
  const name = findName(graph, id);
  return name === undefined ? { id } : { id, name };
}

export function readValidity(content: ReadContent): ValidityClaim {
  const from = firstText(content, VALID_FROM);
  const until = firstText(content, VALID_UNTIL);
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

export function viewOf(content: ReadContent): CredentialView {
  const { graph, root, labels } = content;
  const title = findName(graph, root);
  const [subject] = valuesOf(graph, root, vc("credentialSubject"));
  const holder = findName(graph, subject?.kind === "thing" ? subject.id : undefined);
  const issuedOn = firstText(content, VALID_FROM);
  return {
    ...(title !== undefined && { title }),
    ...(holder !== undefined && { holder }),
    ...(issuedOn !== undefined && { issuedOn }),
    content: toView(graph, root, labels),
  };
}

/** In 3.0-beta the display is typed as addresses, which ordinary text is not: whatever it shows was never hashed. */
export function unprotectedOf(document: JsonObject, { unprotected }: ReadContent): readonly string[] {
  const isBeta = findVersion(document)?.name === "3.0-beta";
  return isBeta && memberOf(document, "display") !== undefined ? [...unprotected, "display"] : unprotected;
}

/** Schemas that the document names: they are not fetched, so nothing was checked against them. */
export function schemasOf({ graph, root }: ReadContent): Evidence {
  const schemas = valuesOf(graph, root, vc("credentialSchema")).map((value) =>
    value.kind === "thing" ? value.id : value.text,
  );
  return schemas.length > 0 ? { schemasNotChecked: schemas } : {};
}

function firstText({ graph, root }: ReadContent, properties: readonly string[]): string | undefined {
  return properties.map((property) => findText(graph, root, property)).find((text) => text !== undefined);
}
