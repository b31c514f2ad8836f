/** `@digitalbazaar/vc` with its suite for Ed25519, unmodified: signs and verifies as its README shows. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { JsonObject } from "../../src/core/json.ts";
import { CREATED, ISSUER, loadDocument, METHOD, SEED } from "./badges.ts";

interface Vc {
  issue(options: {
    readonly credential: JsonObject;
    readonly suite: object;
    readonly documentLoader: typeof loadDocument;
  }): Promise<JsonObject>;
  verifyCredential(options: {
    readonly credential: JsonObject;
    readonly suite: object;
    readonly documentLoader: typeof loadDocument;
  }): Promise<{ readonly verified: boolean; readonly error?: unknown }>;
}
interface DataIntegrity {
  readonly DataIntegrityProof: new (options: {
    readonly cryptosuite: object;
    readonly signer?: object;
    readonly date?: string;
  }) => object;
}
interface Suite {
  readonly cryptosuite: object;
}
interface Multikey {
  generate(options: { readonly id: string; readonly controller: string; readonly seed: Uint8Array }): Promise<{
    signer(): object;
  }>;
}

const PACKAGES = join(import.meta.dirname, "../../test/peers/node_modules/@digitalbazaar");

async function load<Module>(name: string): Promise<Module> {
  return (await import(pathToFileURL(join(PACKAGES, name, "lib/index.js")).href)) as Module;
}

export interface DigitalBazaar {
  sign(credential: JsonObject): Promise<JsonObject>;
  verify(credential: JsonObject): Promise<boolean>;
}

export async function loadDigitalBazaar(): Promise<DigitalBazaar> {
  const vc = await load<Vc>("vc");
  const { DataIntegrityProof } = await load<DataIntegrity>("data-integrity");
  const { cryptosuite } = await load<Suite>("eddsa-rdfc-2022-cryptosuite");
  const { generate } = await load<Multikey>("ed25519-multikey");
  const signer = (await generate({ id: METHOD, controller: ISSUER, seed: SEED })).signer();
  return {
    async sign(credential) {
      const suite = new DataIntegrityProof({ cryptosuite, signer, date: CREATED });
      return vc.issue({ credential, suite, documentLoader: loadDocument });
    },
    async verify(credential) {
      const suite = new DataIntegrityProof({ cryptosuite });
      return (await vc.verifyCredential({ credential, suite, documentLoader: loadDocument })).verified;
    },
  };
}
