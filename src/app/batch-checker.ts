/** Our own verifier as the issuing job uses it: many documents of one batch, read at one block. */

import type { ChainReader, ChainView, DocumentChecker } from "../core/ports.ts";
import { judgeOwn } from "../issue/own-verdict.ts";
import { openPorts, verifierOver, type VerifierOptions } from "./open-verifier.ts";

/** Plain data, without anything secret: it is handed to other threads. */
export type CheckerOptions = Pick<VerifierOptions, "rpc" | "allowedHosts" | "didRegistries">;

export function openBatchChecker(options: CheckerOptions): DocumentChecker {
  const ports = openPorts(options);
  const whole = verifierOver(ports, options);
  const byRoot = verifierOver({ ...ports, chain: askingRootsOnly(ports.chain) }, options);
  return {
    check: async (document) => whole.verify(document),
    checkMany: async (documents, root, depth) => {
      const verifier = depth === "root" ? byRoot : whole;
      return Promise.all(documents.map(async (document) => judgeOwn(await verifier.verify(document), root)));
    },
  };
}

/** A chain whose stores are asked about roots alone, whatever lies between leaf and root. */
function askingRootsOnly(chain: ChainReader): ChainReader {
  return {
    viewOf: async (chainId) => {
      const answer = await chain.viewOf(chainId);
      return answer.kind === "view" ? { ...answer, view: rootsOnly(answer.view) } : answer;
    },
  };
}

function rootsOnly(view: ChainView): ChainView {
  return {
    ...view,
    standingOf: async (store, inclusion) => view.standingOf(store, { ...inclusion, nodes: [inclusion.root.computed] }),
  };
}
