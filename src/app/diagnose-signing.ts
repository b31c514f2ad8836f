/** The key that signs documents, examined: can it be read, and does the issuer's DID document list it, and the register with it? */

import { openChainReader } from "../chain/chain-reader.ts";
import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { storeMethodOf } from "../core/issuer-methods.ts";
import { toMultikey } from "../core/multikey.ts";
import { openDidKeys } from "../identity/did-keys.ts";
import { openIdentityProver } from "../identity/identity-prover.ts";
import type { Settings } from "./config.ts";
import type { Diagnosis } from "./diagnose.ts";
import { readSigningIdentity, type SigningIdentity } from "./document-signer.ts";

const PUBLISH = "publish the DID document: testamur key did";

/** Nothing where no signing key is set: only W3C credentials want one. Never throws for what it examines. */
export async function examineSigning(settings: Settings, chainId: number | undefined): Promise<readonly Diagnosis[]> {
  if (settings.signingKey === undefined) return [];
  const identity = readIdentity(settings);
  if ("what" in identity) return [identity];
  const chain = openChainReader({ rpcUrls: settings.rpcUrls, now: () => new Date() });
  const readers = { chain, registries: settings.didRegistries, allowedHosts: settings.allowedHosts };
  const key = await examineKey(identity, readers);
  if (chainId === undefined || settings.store === undefined) return [key];
  return [key, await examineRegister(identity, { chainId, store: settings.store }, readers)];
}

type DidReaders = Parameters<typeof openDidKeys>[0] & Parameters<typeof openIdentityProver>[0];

function readIdentity(settings: Settings): SigningIdentity | Diagnosis {
  try {
    return readSigningIdentity(settings);
  } catch (error) {
    if (!(error instanceof TestamurError)) throw error;
    return {
      what: "Signing key",
      state: "wrong",
      detail: error.message,
      ...(error.next !== undefined && { next: error.next }),
    };
  }
}

async function examineKey(
  { issuer, verificationMethod, publicKey }: SigningIdentity,
  readers: DidReaders,
): Promise<Diagnosis> {
  const what = "Signing key";
  const answer = await openDidKeys(readers).findPublicKey({ controller: issuer, key: verificationMethod });
  if (answer.kind === "silent") return { what, state: "doubt", detail: answer.reason, next: PUBLISH };
  if (answer.value.kind === "not-listed") return { what, state: "wrong", detail: answer.value.reason, next: PUBLISH };
  return toMultikey(answer.value.key) === toMultikey(publicKey)
    ? { what, state: "fine", detail: `${verificationMethod} is listed` }
    : { what, state: "wrong", detail: `${issuer} lists another key as ${verificationMethod}`, next: PUBLISH };
}

/** Native documents name the store's method; the DID document has to say that it is this very store. */
async function examineRegister(
  { issuer }: SigningIdentity,
  { chainId, store }: { readonly chainId: number; readonly store: Hex },
  readers: DidReaders,
): Promise<Diagnosis> {
  const what = "DID and register";
  const key = storeMethodOf(issuer, chainId, store);
  const answer = await openIdentityProver(readers).prove(
    { id: issuer, proof: { kind: "did", did: issuer, key, account: store, chainId } },
    chainId,
  );
  if (answer.kind === "proven") return { what, state: "fine", detail: `${issuer} lists the register` };
  return { what, state: answer.kind === "silent" ? "doubt" : "wrong", detail: answer.reason, next: PUBLISH };
}
