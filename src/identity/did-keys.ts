/** The accounts behind the verification methods of DIDs, by the method's own registry. */

import type { Answer, KeyFinder } from "../core/ports.ts";
import { findDidEthr, openControllers, type DidEthrOptions } from "./did-ethr.ts";
import { isSameDid } from "./same-did.ts";

/** Opens the registries of DIDs for one session. */
export function openDidKeys(options: DidEthrOptions): KeyFinder {
  const controllers = openControllers(options);
  return {
    findAccount: async (did, key) => {
      const ethr = findDidEthr(did);
      if (ethr === undefined) return silence(`${did} is not a DID that can be looked up here`);
      const fragment = fragmentOf(did, key);
      if (fragment === undefined) {
        return { kind: "answer", value: { kind: "not-listed", reason: `${key} is not a key of ${did}` } };
      }
      // a delegate may well be listed, but that is written in the registry's history, which is not read
      if (fragment !== "controller")
        return silence(`of a did:ethr only #controller can be looked up, not #${fragment}`);
      const controller = await controllers.controllerOf(ethr);
      return controller.kind === "silent"
        ? controller
        : { kind: "answer", value: { kind: "account", account: controller.value } };
    },
  };
}

/** What follows the DID and `#` in a key; undefined when the key is another DID's. */
function fragmentOf(did: string, key: string): string | undefined {
  const hash = key.indexOf("#");
  const isOwn = hash >= 0 && isSameDid(key.slice(0, hash), did);
  return isOwn ? key.slice(hash + 1) : undefined;
}

function silence(reason: string): Answer<never> {
  return { kind: "silent", reason };
}
