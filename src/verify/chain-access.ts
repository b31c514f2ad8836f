/** One session's way to the chains: each is opened once, and what cannot be opened becomes a finding of the aspect that asked. */

import { finding, type Aspect, type Finding } from "../core/findings.ts";
import type { ChainReader, ChainView, ChainViewAnswer } from "../core/ports/chain.ts";

/** An open view, or the finding that says why there is none. */
export type OpenedChain =
  { readonly kind: "view"; readonly view: ChainView } | { readonly kind: "none"; readonly finding: Finding };

export interface ChainAccess {
  /** @param chainId  the chain the document names; absent: the verifier's default chain. */
  open(aspect: Aspect, chainId: number | undefined): Promise<OpenedChain>;
  /** The first view that was opened: what the report names as its block. */
  firstView(): ChainView | undefined;
}

/** Access for one document: every check that asks for a chain gets the same view, so the same block. */
export function chainAccess(reader: ChainReader): ChainAccess {
  const views = new Map<number | undefined, Promise<ChainViewAnswer>>();
  let first: ChainView | undefined;
  return {
    async open(aspect, chainId) {
      const asked = views.get(chainId) ?? reader.viewOf(chainId);
      views.set(chainId, asked);
      const answer = await asked;
      if (answer.kind !== "view") return { kind: "none", finding: withoutView(aspect, answer, chainId) };
      first ??= answer.view;
      return { kind: "view", view: answer.view };
    },
    firstView: () => first,
  };
}

function withoutView(
  aspect: Aspect,
  answer: Exclude<ChainViewAnswer, { kind: "view" }>,
  chainId: number | undefined,
): Finding {
  const name = chainId === undefined ? "any chain" : `chain ${chainId}`;
  switch (answer.kind) {
    case "not-configured":
      if (answer.closed !== undefined) return onClosedNetwork(aspect, answer.closed, name);
      return answer.isTestNetwork
        ? finding(aspect, "ANCHOR_ON_TEST_NETWORK", `The document was issued on a test network (${name}).`)
        : finding(
            aspect,
            "CHAIN_NOT_CONFIGURED",
            `No node for ${name} is configured, so the register could not be asked.`,
          );
    case "behind":
      return finding(aspect, "NODE_BEHIND", `Our view of ${name} is too old: ${answer.reason}`);
    case "silent":
      return finding(aspect, "CHAIN_SILENT", `The network (${name}) did not answer: ${answer.reason}`);
  }
}

function onClosedNetwork(aspect: Aspect, network: string, chain: string): Finding {
  const message = `The document was issued on ${network} (${chain}), a test network that was shut down: no archive of it is configured.`;
  return finding(aspect, "ANCHOR_ON_TEST_NETWORK", message);
}
