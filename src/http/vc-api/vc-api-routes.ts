/**
 * The VC-API. Suites look at the status code: whatever is not verified is 400, and the body says why.
 *
 * @see W3C VCALM (formerly VC-API) §3
 */

import { raw, Router, type RequestHandler, type Response } from "express";

import type { VcApi } from "../../app/vc-api.ts";
import { TestamurError } from "../../core/errors.ts";
import { isArray, memberOf, textOf, type JsonObject } from "../../core/json.ts";
import type { Report } from "../../core/report.ts";
import { showParts } from "../../formats/w3c-vc-v2/share.ts";
import { sendProblem } from "../problems.ts";
import { answerOn, answerOnPresentation } from "./answers.ts";
import { PROBLEM_TYPES, type ProblemDetail } from "./problem-details.ts";
import { readRequest } from "./requests.ts";

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * @param count  told about every report that leaves.
 * @param gate  lets those pass who may have something signed.
 */
export function vcApiRoutes(api: VcApi, count: (report: Report) => void, gate: RequestHandler): Router {
  const routes = Router();
  const body = raw({ type: () => true, limit: MAX_BODY_BYTES, inflate: false });

  routes.post("/credentials/verify", body, async (request, response) => {
    const asked = readRequest(request.body, "verifiableCredential");
    if (asked.kind === "unreadable") return sendRefusal(response, asked.problem);
    const purpose = textOf(asked.options, "expectedProofPurpose") ?? "assertionMethod";
    if (purpose !== "assertionMethod") return sendRefusal(response, OTHER_PURPOSE);
    const report = await api.verifyCredential(asked.document);
    count(report);
    const answer = answerOn(report, asked.document);
    send(response, answer.verified ? 200 : 400, answer);
  });

  routes.post("/presentations/verify", body, async (request, response) => {
    const asked = readRequest(request.body, "verifiablePresentation");
    if (asked.kind === "unreadable") return sendRefusal(response, asked.problem);
    const challenge = textOf(asked.options, "challenge");
    const domain = textOf(asked.options, "domain");
    if (challenge === undefined && api.profile === "strict") return sendRefusal(response, NO_CHALLENGE);
    const standing = challenge === undefined ? "foreign" : api.challenges.use(challenge);
    if (standing === "spent" || standing === "expired") return sendRefusal(response, OLD_CHALLENGE[standing]);
    const report = await api.verifyPresentation(asked.document, {
      ...(challenge !== undefined && { challenge }),
      ...(domain !== undefined && { domain }),
    });
    report.credentials.forEach(count);
    const answer = answerOnPresentation(report, asked.document);
    send(response, answer.verified ? 200 : 400, answer);
  });

  routes.post("/challenges", (_request, response) => {
    send(response, 200, { challenge: api.challenges.give() });
  });

  routes.post("/credentials/derive", body, (request, response) => {
    const asked = readRequest(request.body, "verifiableCredential");
    if (asked.kind === "unreadable") return sendRefusal(response, asked.problem);
    const pointers = memberOf(asked.options, "selectivePointers");
    if (!isArray(pointers) || !pointers.every((pointer) => typeof pointer === "string")) {
      return sendRefusal(response, NO_POINTERS);
    }
    try {
      send(response, 201, { verifiableCredential: showParts(asked.document, pointers) });
    } catch (error) {
      if (!(error instanceof TestamurError)) throw error;
      sendRefusal(response, { type: PROBLEM_TYPES.malformed, title: "Cannot be derived", detail: error.message });
    }
  });

  addIssuing(routes, api, gate, body);
  return routes;
}

const NO_POINTERS: ProblemDetail = {
  type: PROBLEM_TYPES.malformed,
  title: "No pointers",
  detail: "options.selectivePointers is not a list of JSON pointers.",
};

/** Credentials are proven by assertion; to authenticate is for presentations. */
const OTHER_PURPOSE: ProblemDetail = {
  type: PROBLEM_TYPES.proof,
  title: "Other purpose",
  detail: "The proof of a credential is made for assertionMethod, which is not the purpose expected.",
};

/** Without the verifier's own challenge, a presentation may be an old one that somebody kept. */
const NO_CHALLENGE: ProblemDetail = {
  type: PROBLEM_TYPES.challenge,
  title: "No challenge",
  detail: "options.challenge is absent: without it nobody can tell a fresh presentation from one that was kept.",
};

/** Challenges of ours are good once, and not for long. */
const OLD_CHALLENGE: Readonly<Record<"spent" | "expired", ProblemDetail>> = {
  spent: {
    type: PROBLEM_TYPES.challenge,
    title: "Challenge spent",
    detail: "The challenge was used before, or this service did not give it out: ask for another (POST /challenges).",
  },
  expired: {
    type: PROBLEM_TYPES.challenge,
    title: "Challenge expired",
    detail: "The challenge is older than five minutes: ask for another (POST /challenges).",
  },
};

function addIssuing(
  routes: Router,
  { issuer, statusLists }: VcApi,
  gate: RequestHandler,
  body: ReturnType<typeof raw>,
): void {
  if (issuer === undefined) return;

  routes.post("/credentials/issue", gate, body, async (request, response) => {
    const asked = readRequest(request.body, "credential");
    if (asked.kind === "unreadable") return sendRefusal(response, asked.problem);
    const credential = withId(asked.document, textOf(asked.options, "credentialId"));
    const placed = statusLists?.withStatus(credential) ?? credential;
    try {
      const signed = await issuer.issue(placed, textOf(asked.options, "cryptosuite"));
      send(response, 201, { verifiableCredential: signed });
    } catch (error) {
      if (!(error instanceof TestamurError) || error.code !== "CREDENTIAL_INVALID") throw error;
      sendRefusal(response, { type: PROBLEM_TYPES.malformed, title: "Credential invalid", detail: error.message });
    }
  });

  if (statusLists === undefined) return;

  routes.post("/credentials/status", body, (request, response) => {
    const asked = readRequest(request.body, "credentialStatus");
    if (asked.kind === "unreadable") return sendRefusal(response, asked.problem);
    const id = textOf(asked.body, "credentialId");
    const purpose = textOf(asked.document, "statusPurpose");
    const value = memberOf(asked.body, "status") ?? true; // suites that only ever withdraw leave it out
    if (id === undefined || purpose === undefined || typeof value !== "boolean") {
      return sendRefusal(response, STATUS_MALFORMED);
    }
    if (statusLists.set(id, purpose, value)) response.status(200).json({});
    else sendProblem(response, 404, "NOT_FOUND", "No credential of that id was issued here with that purpose.");
  });

  routes.get("/status-lists/:purpose", async (request, response) => {
    const list = await statusLists.signed(request.params.purpose);
    if (list === undefined) return sendProblem(response, 404, "NOT_FOUND", "There is no such list.");
    response.setHeader("Cache-Control", "no-store");
    response.type("application/vc").send(JSON.stringify(list));
  });
}

const STATUS_MALFORMED: ProblemDetail = {
  type: PROBLEM_TYPES.malformed,
  title: "Status malformed",
  detail: "credentialId is a text, credentialStatus.statusPurpose a text, status true or false.",
};

function withId(credential: JsonObject, id: string | undefined): JsonObject {
  return id === undefined || memberOf(credential, "id") !== undefined ? credential : { ...credential, id };
}

/** A request that cannot be worked on is answered as a document that does not hold: suites know no other. */
function sendRefusal(response: Response, problem: ProblemDetail): void {
  send(response, 400, { verified: false, problemDetails: [problem] });
}

function send(response: Response, status: number, answer: object): void {
  response.setHeader("Cache-Control", "no-store");
  response.status(status).json(answer);
}
