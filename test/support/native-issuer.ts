/** An issuer of native credentials whose DID document lies on the loopback interface, and documents of its sealed for one store. */

import type { Hex } from "../../src/core/bytes.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import type { StatusPlace } from "../../src/formats/format.ts";
import { startLoopbackServer } from "./loopback-server.ts";
import { badge, drafts, issue, ISSUER, KEYS, signAlone, type Issued } from "./w3c-samples.ts";

export interface NativeIssuer {
  readonly did: string;
  /** What a verifier must be allowed to ask. */
  readonly host: string;
  /** A document of its own: one leaf in a small tree, to be anchored by its root. */
  issue(options?: {
    readonly status?: StatusPlace;
    readonly seed?: number;
    readonly members?: JsonObject;
  }): Promise<Issued>;
  /** Publishes the DID document anew, with these members added to its methods; undefined takes a method out. */
  publish(changes: Readonly<Partial<Record<"key-1" | "store-1", JsonObject | undefined>>>): void;
  /** A credential with a signature and without an anchor. */
  sign(credential: JsonObject): Promise<string>;
  close(): Promise<void>;
}

/** @param pages  what else lies at that address, by path. */
export async function startNativeIssuer(
  store: { readonly chainId: number; readonly address: Hex },
  pages: ReadonlyMap<string, string> = new Map(),
): Promise<NativeIssuer> {
  let document = "";
  const server = await startLoopbackServer((request, response) => {
    const page = request.url === "/.well-known/did.json" ? document : pages.get(request.url ?? "");
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "application/json" }).end(page);
  });
  const host = server.host.replace("127.0.0.1", "localhost");
  const did = `did:web:${host.replace(":", "%3A")}`;
  const publish: NativeIssuer["publish"] = (changes) => {
    const methods = methodsOf(did, store).flatMap(({ name, ...method }) =>
      name in changes && changes[name] === undefined ? [] : [{ ...method, ...changes[name] }],
    );
    document = JSON.stringify({ id: did, verificationMethod: methods, assertionMethod: methods.map(({ id }) => id) });
  };
  publish({});
  return {
    did,
    host,
    issue: async ({ status, seed = 1, members = {} } = {}) =>
      issue(
        badge({
          issuer: { id: did, type: ["Profile"], name: "Example University" },
          proof: ownDrafts(did),
          ...members,
        }),
        {
          placement: { chainId: store.chainId, store: store.address, ...(status !== undefined && { status }) },
          seed,
        },
      ),
    publish,
    sign: async (credential) =>
      signAlone(credential, { ...ownDrafts(did)[0], type: "DataIntegrityProof", proofPurpose: "assertionMethod" }),
    close: server.close,
  };
}

interface Method extends JsonObject {
  readonly name: "key-1" | "store-1";
  readonly id: string;
}

function methodsOf(
  did: string,
  { chainId, address }: { readonly chainId: number; readonly address: Hex },
): readonly Method[] {
  const key = KEYS[`${ISSUER}#key-1`];
  return [
    {
      name: "key-1",
      id: `${did}#key-1`,
      type: "Multikey",
      controller: did,
      publicKeyMultibase: key === undefined ? "" : toMultikey(key),
    },
    {
      name: "store-1",
      id: `${did}#store-1`,
      type: "BlockchainVerificationMethod2021",
      controller: did,
      blockchainAccountId: `eip155:${chainId}:${address}`,
    },
  ];
}

/** The drafts of the samples, made this issuer's. */
function ownDrafts(did: string): readonly JsonObject[] {
  return JSON.parse(JSON.stringify(drafts()).replaceAll(ISSUER, did)) as readonly JsonObject[];
}
