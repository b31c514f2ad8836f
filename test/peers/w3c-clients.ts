/** Other projects' clients for W3C credentials, unmodified, behind types of ours: they come without any. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { loadContext } from "../../src/canon/contexts/context-set.ts";
import type { JsonObject } from "../../src/core/json.ts";

async function load<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(join(import.meta.dirname, "node_modules", file)).href)) as Module;
}

interface Vc {
  verifyCredential(options: {
    readonly credential: JsonObject;
    readonly suite: object;
    readonly documentLoader: (url: string) => Promise<object>;
    readonly now: Date;
  }): Promise<{ readonly verified: boolean }>;
}

interface DataIntegrity {
  readonly DataIntegrityProof: new (options: { readonly cryptosuite: object }) => object;
}

interface EddsaSuite {
  readonly cryptosuite: object;
}

interface VerifierCore {
  verifyCredential(options: {
    readonly credential: JsonObject;
    readonly knownDIDRegistries: readonly object[];
  }): Promise<{
    readonly errors?: readonly { readonly name: string }[];
    readonly log?: readonly { readonly id: string; readonly valid?: boolean }[];
  }>;
}

/** Whether `@digitalbazaar/vc` verifies a credential, given the issuer's DID document. */
export async function digitalBazaarVerifier(
  issuer: JsonObject,
): Promise<(credential: JsonObject, now: Date) => Promise<boolean>> {
  const vc = await load<Vc>("@digitalbazaar/vc/lib/index.js");
  const { DataIntegrityProof } = await load<DataIntegrity>("@digitalbazaar/data-integrity/lib/index.js");
  const { cryptosuite } = await load<EddsaSuite>("@digitalbazaar/eddsa-rdfc-2022-cryptosuite/lib/index.js");
  const methods = issuer["verificationMethod"] as readonly JsonObject[];
  const documentLoader = async (url: string): Promise<object> => {
    const own = url === issuer["id"] ? issuer : methods.find((method) => method["id"] === url);
    const document = own ?? (await loadContext(["w3c", "blockcerts"], url));
    return { contextUrl: null, documentUrl: url, document };
  };
  return async (credential, now) => {
    const suite = new DataIntegrityProof({ cryptosuite });
    return (await vc.verifyCredential({ credential, suite, documentLoader, now })).verified;
  };
}

/** Whether the Digital Credentials Consortium's verifier finds the signature valid; it knows did:key without a network. */
export async function dccVerifier(): Promise<(credential: JsonObject) => Promise<boolean>> {
  const core = await load<VerifierCore>("@digitalcredentials/verifier-core/dist/index.js");
  return async (credential) => {
    const { errors, log } = await core.verifyCredential({ credential, knownDIDRegistries: [] });
    return errors === undefined && log?.find(({ id }) => id === "valid_signature")?.valid === true;
  };
}
