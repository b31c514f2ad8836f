/** Opens the nodes at the addresses a person named. */

import { TestamurError } from "../core/errors.ts";
import { openJsonRpc, type JsonRpc, type JsonRpcOptions } from "./json-rpc.ts";

/** @throws {TestamurError} `CONFIGURATION_INVALID`; the address may hold a key, so it is not repeated. */
export function openNodes(urls: readonly string[], options: JsonRpcOptions): JsonRpc {
  try {
    return openJsonRpc(urls, options);
  } catch {
    throw new TestamurError("CONFIGURATION_INVALID", "one of the addresses of nodes is not an http or https address", {
      next: "for example http://127.0.0.1:8545",
    });
  }
}
