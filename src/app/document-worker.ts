/** The thread of `document-work-pool.ts`: does one piece of work after the other, until it is ended. */

import { parentPort, workerData } from "node:worker_threads";

import type { WorkAnswer, WorkOrder } from "./document-work-pool.ts";
import { workHere, type ProfileName } from "./document-work.ts";

const { profile } = workerData as { readonly profile: ProfileName }; // our own, from the pool
const work = workHere(profile);

function answer(said: WorkAnswer): void {
  parentPort?.postMessage(said); // oxlint-disable-line unicorn/require-post-message-target-origin -- no window
}

async function carryOut(order: WorkOrder): Promise<unknown> {
  switch (order.task) {
    case "open":
      return work.open(...order.on);
    case "openPresentation":
      return work.openPresentation(...order.on);
    case "prepareCredential":
      return work.prepareCredential(...order.on);
  }
}

parentPort?.on("message", (order: WorkOrder) => {
  carryOut(order).then(
    (value) => answer({ kind: "done", value }),
    (error: unknown) => answer({ kind: "failed", error }),
  );
});
answer({ kind: "ready" });
