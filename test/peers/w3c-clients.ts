/** Other projects' clients for W3C credentials, unmodified, behind types of ours: they come without any. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { loadContext } from "../../src/canon/contexts/context-set.ts";
import type { JsonObject } from "../../src/core/json.ts";

async function load<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(join(import.meta.dirname, "node_modules", file)).href)) as Module;
}

type DocumentLoader = (url: string) => Promise<object>;

interface Vc {
  issue(options: {
    readonly credential: JsonObject;
    readonly suite: object;
    readonly documentLoader: DocumentLoader;
    readonly now: Date;
  }): Promise<JsonObject>;
  derive(options: {
    readonly verifiableCredential: JsonObject;
    readonly suite: object;
    readonly documentLoader: DocumentLoader;
  }): Promise<JsonObject>;
  verifyCredential(options: {
    readonly credential: JsonObject;
    readonly suite: object;
    readonly documentLoader: DocumentLoader;
    readonly now: Date;
    readonly checkStatus?: StatusLists["checkStatus"];
  }): Promise<{ readonly verified: boolean }>;
}

interface DataIntegrity {
  readonly DataIntegrityProof: new (options: {
    readonly cryptosuite: object;
    readonly signer?: object;
    readonly date?: string;
  }) => object;
}

interface EddsaSuite {
  readonly cryptosuite: object;
}

/** A dependency of Blockcerts' verifier, at the version that `overrides` names; so is the package of the keys. */
interface SelectiveSuite {
  createSignCryptosuite(options: { readonly mandatoryPointers: readonly string[] }): object;
  createDiscloseCryptosuite(options: { readonly selectivePointers: readonly string[] }): object;
  createVerifyCryptosuite(): object;
}

interface EcdsaMultikey {
  from(key: JsonObject): Promise<{ signer(): object }>;
}

interface StatusLists {
  readonly checkStatus: (question: object) => Promise<object>;
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

/**
 * Whether `@digitalbazaar/vc` verifies a credential, given the issuer's DID document.
 *
 * @param fetchList  what lies at the address of a list: then the status is asked for too, of the status library of the Digital
 *   Credentials Consortium. The list must be signed, and its issuer the credential's.
 */
export async function digitalBazaarVerifier(
  issuer: JsonObject,
  fetchList?: (url: string) => Promise<JsonObject>,
): Promise<(credential: JsonObject, now: Date) => Promise<boolean>> {
  const vc = await load<Vc>("@digitalbazaar/vc/lib/index.js");
  const { checkStatus } = await load<StatusLists>("@digitalcredentials/vc-bitstring-status-list/dist/index.js");
  const newSuite = await eddsaSuite();
  const documentLoader = loaderOf(issuer, fetchList);
  const status = fetchList === undefined ? {} : { checkStatus };
  return async (credential, now) =>
    (await vc.verifyCredential({ credential, suite: newSuite(), documentLoader, now, ...status })).verified;
}

async function eddsaSuite(): Promise<() => object> {
  const { DataIntegrityProof } = await load<DataIntegrity>("@digitalbazaar/data-integrity/lib/index.js");
  const { cryptosuite } = await load<EddsaSuite>("@digitalbazaar/eddsa-rdfc-2022-cryptosuite/lib/index.js");
  return () => new DataIntegrityProof({ cryptosuite });
}

/** Gives out the issuer's document, its keys, the contexts that we have, and lists where there are some; nothing else. */
function loaderOf(issuer: JsonObject, fetchList?: (url: string) => Promise<JsonObject>): DocumentLoader {
  const methods = issuer["verificationMethod"] as readonly JsonObject[];
  return async (url) => {
    const own = url === issuer["id"] ? issuer : methods.find((method) => method["id"] === url);
    const isList = fetchList !== undefined && url.includes("/status-lists/");
    const document = own ?? (isList ? await fetchList(url) : await loadContext(["w3c", "blockcerts"], url));
    return { contextUrl: null, documentUrl: url, document };
  };
}

/** An issuer, a holder and a verifier of `ecdsa-sd-2023`, all three of Digital Bazaar's packages. */
export interface SelectiveDisclosure {
  /** With the base proof, which only the holder sees; the pointers lead to what no holder may leave out. */
  readonly issue: (credential: JsonObject, mandatory: readonly string[]) => Promise<JsonObject>;
  /** What the holder shows. */
  readonly derive: (document: JsonObject, selected: readonly string[]) => Promise<JsonObject>;
  readonly verifies: (document: JsonObject) => Promise<boolean>;
}

/**
 * @param issuer  the issuer's DID document; its one method is the key.
 * @param secretKeyMultibase  the key's other half, on P-256.
 */
export async function selectiveDisclosure(
  issuer: JsonObject,
  secretKeyMultibase: string,
  now: Date,
): Promise<SelectiveDisclosure> {
  const vc = await load<Vc>("@digitalbazaar/vc/lib/index.js");
  const { DataIntegrityProof } = await load<DataIntegrity>("@digitalbazaar/data-integrity/lib/index.js");
  const suites = await load<SelectiveSuite>("@digitalbazaar/ecdsa-sd-2023-cryptosuite/lib/index.js");
  const keys = await load<EcdsaMultikey>("@digitalbazaar/ecdsa-multikey/lib/index.js");
  const [method = {}] = issuer["verificationMethod"] as readonly JsonObject[];
  const signer = (await keys.from({ ...method, secretKeyMultibase })).signer();
  const documentLoader = loaderOf(issuer);
  return {
    issue: async (credential, mandatoryPointers) => {
      const cryptosuite = suites.createSignCryptosuite({ mandatoryPointers });
      const suite = new DataIntegrityProof({ cryptosuite, signer, date: now.toISOString() });
      // the package writes the proof into what it is handed
      return vc.issue({ credential: structuredClone(credential), suite, documentLoader, now });
    },
    derive: async (verifiableCredential, selectivePointers) => {
      const suite = new DataIntegrityProof({ cryptosuite: suites.createDiscloseCryptosuite({ selectivePointers }) });
      return vc.derive({ verifiableCredential, suite, documentLoader });
    },
    verifies: async (credential) => {
      const suite = new DataIntegrityProof({ cryptosuite: suites.createVerifyCryptosuite() });
      return (await vc.verifyCredential({ credential, suite, documentLoader, now })).verified;
    },
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
