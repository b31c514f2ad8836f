/** Our own verifier as the issuing job uses it: many documents of one batch, read at one block. */

import type { ChainReader, ChainView } from "../core/ports/chain.ts";
import type { DocumentChecker, OwnVerdict } from "../core/ports/handing-out.ts";
import { judgeOwn } from "../issue/own-verdict.ts";
import { openPorts, verifierOver, type VerifierOptions } from "./open-verifier.ts";

/** Plain data, without anything secret: it is handed to other threads. */
export type CheckerOptions = Pick<VerifierOptions, "rpc" | "allowedHosts" | "didRegistries">;

/** Where the root alone is asked for, once, nothing is won by opening more documents at the same time; memory is lost. */
const FEW = 16;

export function openBatchChecker(options: CheckerOptions): DocumentChecker {
  const ports = openPorts(options);
  const whole = verifierOver(ports, options);
  const byRoot = verifierOver({ ...ports, chain: askingRootsOnly(ports.chain) }, options);
  return {
    check: async (document) => whole.verify(document),
    checkMany: async (documents, root, depth) => {
      const verifier = depth === "root" ? byRoot : whole;
      const size = depth === "root" ? FEW : documents.length;
      const verdicts: OwnVerdict[] = [];
      for (let start = 0; start < documents.length; start += size) {
        const some = documents.slice(start, start + size);
        verdicts.push(...(await Promise.all(some.map(async (each) => judgeOwn(await verifier.verify(each), root)))));
      }
      return verdicts;
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
