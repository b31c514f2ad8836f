/**
 * The hashing rules of OpenAttestation 2 and 3 written down as literally as they are specified: slow, with another
 * keccak than ours, sharing nothing with src/. Also makes version 3 documents, which we read but do not issue.
 */

import keccak from "keccak256";

import type { Json, JsonObject } from "../../src/core/json.ts";

type Container = Readonly<Record<string, Json>> | readonly Json[];

function keccakText(text: string): string {
  return keccak(Buffer.from(text, "utf8")).toString("hex");
}

function isFilled(value: Json | undefined): value is Container & Json {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

/** keccak(JSON(sort(obfuscated ++ leaf hashes))) */
function digestOfHashes(hashes: readonly string[]): string {
  return keccakText(JSON.stringify([...hashes].sort()));
}

/** `flatten` of version 2: arrays take part as objects whose keys are their positions. */
export function slowLeavesV2(container: Container, prefix = ""): Record<string, Json> {
  const leaves: Record<string, Json> = {};
  for (const key of Object.keys(container)) {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    const value = (container as Readonly<Record<string, Json>>)[key] as Json;
    if (isFilled(value)) Object.assign(leaves, slowLeavesV2(value, path));
    else leaves[path] = value;
  }
  return leaves;
}

/** Hash of one leaf of version 2. */
export function slowLeafHashV2(path: string, value: Json): string {
  return keccakText(JSON.stringify({ [path]: value }));
}

/** Digest of version 2. */
export function slowDigestV2(data: JsonObject, hidden: readonly string[] = []): string {
  return digestOfHashes([
    ...hidden,
    ...Object.entries(slowLeavesV2(data)).map(([path, value]) => slowLeafHashV2(path, value)),
  ]);
}

/** The root that a path of sorted pairs leads to. */
export function slowFold(leaf: string, path: readonly string[]): string {
  return path.reduce((node, sibling) => {
    const pair = [node, sibling].sort().join("");
    return keccak(Buffer.from(pair, "hex")).toString("hex");
  }, leaf);
}

/** True when digest and path of a version 2 document are what it states, and nothing else is looked at. */
export function slowHoldsV2(document: JsonObject): boolean {
  const { data, signature, privacy } = document as unknown as {
    data: JsonObject;
    signature: { targetHash: string; merkleRoot: string; proof: string[] };
    privacy?: { obfuscatedData?: string[] };
  };
  const digest = slowDigestV2(data, privacy?.obfuscatedData);
  return digest === signature.targetHash && slowFold(digest, signature.proof) === signature.merkleRoot;
}

/** Path and text of every primitive of version 3: `a.b[0].c`. */
function slowLeavesV3(value: Json, path = ""): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item: Json, at) => slowLeavesV3(item, `${path}[${at}]`));
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, member]) => slowLeavesV3(member, path === "" ? key : `${path}.${key}`));
  return [[path, String(value)]];
}

/** One salt of version 3. */
export interface Salt {
  readonly value: string;
  readonly path: string;
}

/** Digest of version 3. */
function slowDigestV3(content: JsonObject, salts: readonly Salt[], hidden: readonly string[] = []): string {
  const hashes = slowLeavesV3(content).map(([path, text]) => {
    const salt = salts.find((candidate) => candidate.path === path);
    return keccakText(JSON.stringify({ [path]: `${salt?.value}:${text}` }));
  });
  return digestOfHashes([...hidden, ...hashes]);
}

/** A version 3 document over content, alone in its tree unless a path is given. Salts follow from the paths. */
export function wrapV3(content: JsonObject, path: readonly string[] = [], more: JsonObject = {}): JsonObject {
  const salts = slowLeavesV3(content).map(([leafPath]) => ({ value: keccakText(`salt ${leafPath}`), path: leafPath }));
  const targetHash = slowDigestV3(content, salts);
  return {
    ...content,
    proof: {
      type: "OpenAttestationMerkleProofSignature2018",
      proofPurpose: "assertionMethod",
      targetHash,
      proofs: path,
      merkleRoot: slowFold(targetHash, path),
      salts: encodeSalts(salts),
      privacy: { obfuscated: [] },
      ...more,
    },
  };
}

/** base64 of the JSON text. */
export function encodeSalts(salts: Json | readonly Salt[]): string {
  return Buffer.from(JSON.stringify(salts), "utf8").toString("base64");
}
