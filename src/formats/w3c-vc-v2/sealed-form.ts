/** A sealed credential as it is kept between sealing and handing out, and the document that is made of it. */

import { toHex, type Digest } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import {
  isArray,
  isObject,
  memberOf,
  objectOf,
  textOf,
  type Json,
  type JsonArray,
  type JsonObject,
} from "../../core/json.ts";
import { toMultibase58 } from "../../core/base58.ts";
import type { TreePlace } from "../format.ts";
import { toAnchorProof } from "./anchor.ts";
import { DISCLOSURE_TYPE } from "./names.ts";
import { toProofValue } from "./proof-value.ts";

export interface SealedForm extends JsonObject {
  /** The leaf, hexadecimal: this text belongs to it and to no other. */
  readonly leaf: string;
  /** The signature's proof, complete but for its value. */
  readonly signature: JsonObject;
  /** The verification method that stands for the store. */
  readonly storeMethod: string;
  /** The credential without proofs. */
  readonly content: JsonObject;
  /** What shows the withheld parts, where there are any: salt, pointer and value of each. */
  readonly disclosures?: JsonArray;
}

/**
 * The document as one line of JSON: signature first, then anchor; in an envelope where parts of it may be withheld.
 *
 * @param sealed  the text that `seal` made, as it was kept.
 * @param signatures  exactly one: 64 bytes over what `seal` gave to sign.
 * @throws {TestamurError} `BATCH_CORRUPT` when the text is not sealed, not of this leaf, or not signed.
 */
export function attach(
  sealed: string,
  { leaf, path, index, size }: TreePlace,
  signatures: readonly Uint8Array[],
): string {
  const form = parseSealed(sealed, leaf);
  const [signature, ...others] = signatures;
  if (signature?.length !== 64 || others.length > 0) {
    throw new TestamurError("BATCH_CORRUPT", `the credential of leaf ${form.leaf} has no signature of 64 bytes`);
  }
  const proof = [
    { ...form.signature, proofValue: toMultibase58(signature) },
    toAnchorProof(form.storeMethod, toProofValue({ size, index, path })),
  ];
  const credential = { ...form.content, proof };
  const { disclosures } = form;
  const document = disclosures === undefined ? credential : { type: DISCLOSURE_TYPE, credential, disclosures };
  return `${JSON.stringify(document)}\n`;
}

function parseSealed(sealed: string, leaf: Digest): SealedForm {
  const value = parse(sealed);
  const form = isObject(value) ? value : {};
  const signature = objectOf(form, "signature");
  const content = objectOf(form, "content");
  const storeMethod = textOf(form, "storeMethod");
  const expected = toHex(leaf);
  if (
    signature === undefined ||
    content === undefined ||
    storeMethod === undefined ||
    textOf(form, "leaf") !== expected
  ) {
    throw new TestamurError("BATCH_CORRUPT", `what was kept of leaf ${expected} is not its sealed credential`);
  }
  const disclosures = memberOf(form, "disclosures");
  return { leaf: expected, signature, storeMethod, content, ...(isArray(disclosures) && { disclosures }) };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json; // our own text, from our own store
  } catch {
    return undefined;
  }
}
