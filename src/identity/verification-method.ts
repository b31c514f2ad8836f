/** One entry of a DID document: a public key, or an account that stands for one. */

import { findBase64url } from "../core/base64url.ts";
import { concatBytes, isAddress, type Hex } from "../core/bytes.ts";
import { memberOf, objectOf, textOf, type JsonObject } from "../core/json.ts";
import { findJwk } from "../core/jwk.ts";
import { findMoment } from "../core/moment.ts";
import { findMultikey } from "../core/multikey.ts";
import type { PublicKey } from "../core/public-key.ts";
import { findAddress } from "../core/secp256k1.ts";
import { toAbsolute } from "./same-did.ts";
import { findSecp256k1Address } from "./secp256k1-multikey.ts";

/** An account by itself, or on one chain only. */
interface MethodAccount {
  /** Lower case. */
  readonly address: Hex;
  readonly chainId?: number;
}

/** A method has a key, or an account, or neither where it is of a kind that is not read. */
export interface VerificationMethod {
  /** Absolute. */
  readonly id: string;
  readonly type: string;
  readonly controller: string;
  readonly publicKey?: PublicKey;
  readonly account?: MethodAccount;
  /** From this moment on it is expired or revoked. */
  readonly until?: Date;
}

/** Key types whose `publicKeyMultibase` says by its header which curve it is of. */
const MULTIKEY_TYPES: readonly string[] = ["Multikey", "Ed25519VerificationKey2020"];
const JWK_TYPES: readonly string[] = ["JsonWebKey", "JsonWebKey2020", "EcdsaSecp256k1VerificationKey2019"];
const ACCOUNT_TYPES: readonly string[] = ["BlockchainVerificationMethod2021", "EcdsaSecp256k1RecoveryMethod2020"];

/** The ways of giving a key; a method that uses two of them could mean two keys. */
const KEY_MEMBERS: readonly string[] = [
  "publicKeyMultibase",
  "publicKeyJwk",
  "publicKeyBase58",
  "publicKeyHex",
  "blockchainAccountId",
];

/**
 * The method that an entry is, or undefined when it has no reading: no id, type or controller, or an end that is no time.
 *
 * @param base  id of the document, for ids that begin with `#`.
 */
export function findVerificationMethod(entry: JsonObject, base: string): VerificationMethod | undefined {
  const [id, type, controller] = ["id", "type", "controller"].map((name) => textOf(entry, name));
  const until = findEnd(entry);
  if (id === undefined || type === undefined || controller === undefined || until === "unreadable") return undefined;
  return {
    id: toAbsolute(id, base),
    type,
    controller,
    ...findMaterial(entry, type),
    ...(until !== undefined && { until }),
  };
}

function findMaterial(entry: JsonObject, type: string): Pick<VerificationMethod, "publicKey" | "account"> {
  if (KEY_MEMBERS.filter((name) => Object.hasOwn(entry, name)).length !== 1) return {};
  const multibase = textOf(entry, "publicKeyMultibase");
  const jwk = objectOf(entry, "publicKeyJwk");
  if (MULTIKEY_TYPES.includes(type) && multibase !== undefined) return fromMultikey(multibase, type);
  if (JWK_TYPES.includes(type) && jwk !== undefined) return fromJwk(jwk);
  const account = ACCOUNT_TYPES.includes(type) ? findAccountId(textOf(entry, "blockchainAccountId") ?? "") : undefined;
  return account === undefined ? {} : { account };
}

function fromMultikey(text: string, type: string): Pick<VerificationMethod, "publicKey" | "account"> {
  const publicKey = findMultikey(text);
  if (publicKey !== undefined) return type === "Multikey" || publicKey.curve === "Ed25519" ? { publicKey } : {};
  const address = type === "Multikey" ? findSecp256k1Address(text) : undefined;
  return address === undefined ? {} : { account: { address } };
}

function fromJwk(jwk: JsonObject): Pick<VerificationMethod, "publicKey" | "account"> {
  const publicKey = findJwk(jwk);
  if (publicKey !== undefined) return { publicKey };
  if (textOf(jwk, "kty") !== "EC" || textOf(jwk, "crv") !== "secp256k1" || Object.hasOwn(jwk, "d")) return {};
  const [x, y] = ["x", "y"].map((name) => findBase64url(textOf(jwk, name) ?? ""));
  if (x?.length !== 32 || y?.length !== 32) return {};
  const address = findAddress(concatBytes(Uint8Array.of(4), x, y));
  return address === undefined ? {} : { account: { address } };
}

/** CAIP-10, `eip155:<chain id>:0x…`. */
function findAccountId(text: string): MethodAccount | undefined {
  const [, chain = "", address] = /^eip155:([1-9]\d{0,15}):(0x[0-9a-fA-F]{40})$/.exec(text) ?? [];
  const chainId = Number(chain);
  if (!isAddress(address) || !Number.isSafeInteger(chainId)) return undefined;
  return { address: `0x${address.slice(2).toLowerCase()}`, chainId };
}

/** The earlier of `expires` and `revoked`: what was not on record by then does not count. */
function findEnd(entry: JsonObject): Date | "unreadable" | undefined {
  const ends: Date[] = [];
  for (const name of ["expires", "revoked"]) {
    const end = memberOf(entry, name);
    if (end === undefined) continue;
    const moment = typeof end === "string" ? findMoment(end, "stated") : undefined; // XML Schema's dateTimeStamp
    if (moment === undefined) return "unreadable";
    ends.push(new Date(moment));
  }
  return ends.sort((a, b) => a.getTime() - b.getTime())[0];
}
