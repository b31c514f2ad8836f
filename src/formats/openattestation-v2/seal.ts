/** Seals a credential: salts, digests and keeps both as one line of JSON; `attach` later makes a document of it. */

import { ByteWriter } from "../../core/byte-writer.ts";
import { fromUtf8, toHexDigits, toUtf8 } from "../../core/bytes.ts";
import { TestamurError, type Problem } from "../../core/errors.ts";
import { isArray, memberOf, type JsonObject } from "../../core/json.ts";
import type { RandomSource } from "../../core/ports/answer.ts";
import type { Placement, Sealed, TreePlace } from "../format.ts";
import { digestOf } from "../openattestation/digest.ts";
import { openLeafHasher } from "../openattestation/leaf-hasher.ts";
import { VERSION_V2 } from "../openattestation/versions.ts";
import { findCredentialProblems } from "./check-credential.ts";
import { ISSUER_COUNT } from "./names.ts";
import { saltAll } from "./salt-all.ts";
import { saltSource } from "./salts.ts";

/** What a document of ours may weigh; most of what opens documents is a browser or a mail program. */
const MAX_BYTES = 1024 * 1024;
/** What `attach` adds at most: names, braces and 66 hashes of 67 characters. */
const PROOF_BYTES = 5 * 1024;

/** Where every credential is written in turn. */
const out = new ByteWriter();

const SEALED_HEAD = '{"data":';
const DOCUMENT_HEAD = `{"version":"${VERSION_V2}","data":`;

/** `chain` beside `chainId`, for people who read the file; verifiers go by the number. */
const CHAIN_NAMES: Readonly<Record<number, string>> = {
  1: "ETH",
  11155111: "ETH",
  137: "POL",
  80002: "POL",
  1337: "local",
  31337: "local",
};

/**
 * Salts and digests a credential.
 *
 * @param credential  unsalted data; its issuers must name `placement.store`. `network` and the number of issuers are
 *   added where they are absent.
 * @throws {TestamurError} `CREDENTIAL_INVALID` with one problem a path.
 * @see OpenAttestation 2.0, wrapping of a document
 */
export function seal(credential: JsonObject, placement: Placement, random: RandomSource): Sealed {
  const problems = findCredentialProblems(credential, placement);
  const leaves = openLeafHasher();
  const problem = (found: Problem): void => void problems.push(found);
  out.clear();
  out.ascii(SEALED_HEAD);
  saltAll(complete(credential, placement), { out, leaves, writeSalt: saltSource(random), problem });
  if (out.length > MAX_BYTES - PROOF_BYTES)
    problem({ where: "the credential", what: `weighs more than ${MAX_BYTES} bytes with its salts` });
  refuseProblems(problems);
  const leaf = digestOf(leaves.flush());
  out.ascii(sealedTail(toHexDigits(leaf)));
  const bytes = out.toBytes();
  return {
    bytes,
    leaf,
    get text() {
      return fromUtf8(bytes);
    },
  };
}

/**
 * The document as one line of JSON.
 *
 * @param sealed  the text that `seal` made, as it was kept.
 * @throws {TestamurError} `BATCH_CORRUPT` when it is not sealed text, or not of this leaf.
 */
export function attach(sealed: string, place: TreePlace): string {
  out.clear();
  writeDocument(out, toUtf8(sealed), place);
  return out.toText();
}

/** `attach` without texts: the data are copied as they are, and only what is added is made. */
export function writeDocument(to: ByteWriter, sealed: Uint8Array, { leaf, path, root }: TreePlace): void {
  const targetHash = toHexDigits(leaf);
  const head = toUtf8(SEALED_HEAD);
  const tail = toUtf8(sealedTail(targetHash));
  const end = sealed.length - tail.length;
  if (end < head.length || !hasAt(sealed, 0, head) || !hasAt(sealed, end, tail))
    throw new TestamurError("BATCH_CORRUPT", `what was kept of leaf ${targetHash} is not its sealed credential`);
  to.ascii(DOCUMENT_HEAD);
  to.bytes(sealed.subarray(head.length, end));
  to.ascii(`,"signature":{"type":"SHA3MerkleProof","targetHash":"${targetHash}","proof":[`);
  for (const [at, sibling] of path.entries()) {
    to.ascii(at === 0 ? '"' : ',"');
    to.hexDigits(sibling);
    to.ascii('"');
  }
  to.ascii('],"merkleRoot":"');
  to.hexDigits(root);
  to.ascii('"}}\n');
}

function hasAt(bytes: Uint8Array, start: number, part: Uint8Array): boolean {
  return part.every((byte, at) => bytes[start + at] === byte);
}

/** Last in the line, so that a line that was cut is noticed. */
function sealedTail(targetHash: string): string {
  return `,"targetHash":"${targetHash}"}`;
}

/** The credential with what a verifier needs to know beyond it. */
function complete(credential: JsonObject, { chainId }: Placement): JsonObject {
  const issuers = memberOf(credential, "issuers");
  const count = isArray(issuers) ? issuers.length : 0;
  const network = { chain: CHAIN_NAMES[chainId] ?? "EVM", chainId: String(chainId) };
  return { network, ...credential, [ISSUER_COUNT]: count };
}

function refuseProblems(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const more = problems.length === 1 ? "" : ` (and ${problems.length - 1} more)`;
  throw new TestamurError(
    "CREDENTIAL_INVALID",
    `the credential cannot be issued: ${first.where} ${first.what}${more}`,
    {
      problems,
    },
  );
}
