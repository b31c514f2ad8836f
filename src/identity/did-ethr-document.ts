/** The document of a did:ethr, as of a moment: worked out from what its registry has on record. */

import { toMultibase58 } from "../core/base58.ts";
import type { Hex } from "../core/bytes.ts";
import { isEd25519PublicKey } from "../core/ed25519.ts";
import { findMultikeyIn } from "../core/multikey.ts";
import { findAddress } from "../core/secp256k1.ts";
import { NOBODY, type DidChange } from "./did-changes.ts";
import type { DidDocument } from "./did-document.ts";
import type { DidEthr } from "./did-ethr.ts";
import { findSecp256k1Address } from "./secp256k1-multikey.ts";
import type { VerificationMethod } from "./verification-method.ts";

/** A method and what it is for: neither where it is a key to encrypt with. */
interface Listed {
  readonly method: VerificationMethod;
  readonly authenticates: boolean;
  readonly asserts: boolean;
}

/**
 * The document after these changes. Delegates and keys are numbered in the order in which they were added, those that have
 * ended since included; one that is added a second time gets a new number.
 *
 * @param changes  oldest first, those of the moment and before.
 * @param seconds  the moment, since 1970: what was good until before then has ended.
 * @see https://github.com/decentralized-identity/ethr-did-resolver/blob/master/doc/did-method-spec.md
 */
export function toEthrDocument(
  did: string,
  { chainId, account }: DidEthr,
  changes: readonly DidChange[],
  seconds: bigint,
): DidDocument {
  const listed = new Map<string, Listed>();
  let owner = account;
  let count = 0;
  for (const change of changes) {
    if (change.kind === "owner") {
      ({ owner } = change);
      if (owner === NOBODY) return toDocument(did, []);
      continue;
    }
    const isGood = change.validTo >= seconds;
    if (isCounted(change, isGood)) count += 1;
    const found = isGood ? findListed(change, { did, chainId, id: `${did}#delegate-${count}` }) : undefined;
    const what =
      change.kind === "delegate" ? `${change.type} ${change.delegate}` : `${change.name} ${change.value.join()}`;
    listed.delete(`${change.kind} ${what}`);
    if (found !== undefined) listed.set(`${change.kind} ${what}`, found);
  }
  const controller = { method: controllerMethod(did, chainId, owner), authenticates: true, asserts: true };
  return toDocument(did, [controller, ...listed.values()]);
}

function toDocument(did: string, all: readonly Listed[]): DidDocument {
  const idsOf = (some: readonly Listed[]): readonly string[] => some.map(({ method }) => method.id);
  return {
    id: did,
    methods: all.map(({ method }) => method),
    listed: {
      assertionMethod: idsOf(all.filter(({ asserts }) => asserts)),
      authentication: idsOf(all.filter(({ authenticates }) => authenticates)),
    },
  };
}

function controllerMethod(did: string, chainId: number, owner: Hex): VerificationMethod {
  return accountMethod({ did, chainId, id: `${did}#controller` }, owner);
}

interface Place {
  readonly did: string;
  readonly chainId: number;
  readonly id: string;
}

function accountMethod({ did, chainId, id }: Place, address: Hex): VerificationMethod {
  return { id, type: "EcdsaSecp256k1RecoveryMethod2020", controller: did, account: { address, chainId } };
}

type Addition = Exclude<DidChange, { kind: "owner" }>;

/** Services are attributes too, and have numbers of their own; the resolver reads names that have not ended more strictly. */
function isCounted(change: Addition, isGood: boolean): boolean {
  if (change.kind === "delegate") return true;
  return isGood ? KEY_NAME.test(change.name) : change.name.startsWith("did/pub/");
}

/** `did/pub/<algorithm>/<use>/<encoding>`; how the key is encoded where it is shown does not concern us. */
const KEY_NAME = /^did\/pub\/(?<algorithm>\w+)(?:\/(?<use>\w+))?(?:\/\w+)?$/;

/** What the addition lists; undefined for what no document shows. */
function findListed(change: Addition, place: Place): Listed | undefined {
  if (change.kind === "delegate") {
    if (change.type !== "veriKey" && change.type !== "sigAuth") return undefined;
    return { method: accountMethod(place, change.delegate), authenticates: change.type === "sigAuth", asserts: true };
  }
  const { algorithm, use } = KEY_NAME.exec(change.name)?.groups ?? {};
  if (algorithm === undefined) return undefined;
  const method = keyMethod(place, algorithm, change.value);
  return { method, authenticates: use === "sigAuth", asserts: use !== "enc" };
}

/** Keys of other kinds, and bytes that are no key, are listed all the same: as something that cannot have signed. */
function keyMethod({ did, id }: Place, algorithm: string, bytes: Uint8Array): VerificationMethod {
  const method = { id, type: TYPES[algorithm] ?? algorithm, controller: did };
  const address = findAccount(algorithm, bytes);
  if (address !== undefined) return { ...method, account: { address } };
  if (algorithm === "Ed25519" && isEd25519PublicKey(bytes))
    return { ...method, publicKey: { curve: "Ed25519", bytes } };
  const publicKey = algorithm === "Multikey" ? findMultikeyIn(bytes) : undefined;
  return publicKey === undefined ? method : { ...method, publicKey };
}

const TYPES: Readonly<Partial<Record<string, string>>> = {
  Secp256k1: "EcdsaSecp256k1VerificationKey2019",
  Ed25519: "Ed25519VerificationKey2020",
};

function findAccount(algorithm: string, bytes: Uint8Array): Hex | undefined {
  if (algorithm === "Secp256k1") return findAddress(bytes);
  return algorithm === "Multikey" ? findSecp256k1Address(toMultibase58(bytes)) : undefined;
}
