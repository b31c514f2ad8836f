/** A process that issues a roster on a real node and kills itself at a checkpoint: run by the crash tests, never imported. */

import process from "node:process";

import { openIssuer } from "../../src/app/open-issuer.ts";
import { issue } from "../../src/issue/issue.ts";
import { resume } from "../../src/issue/resume.ts";
import type { ChildOrder } from "./issue-runs.ts";

const order = JSON.parse(process.argv[2] ?? "") as ChildOrder;
const issuer = openIssuer(order.settings, { askPassword: async () => "" });

let passed = 0;
const checkpoint = (name: string): void => {
  if (order.says) process.stdout.write(`${name}\n`);
  if (name === order.killAt && ++passed === order.occurrence) process.kill(process.pid, "SIGKILL");
};

const ports = { ...issuer.ports, checkpoint };
const result = order.batch === undefined ? await issue(order.request, ports) : await resume(order.batch, ports);
process.stdout.write(`${JSON.stringify({ batch: result.batch })}\n`);
issuer.close();
