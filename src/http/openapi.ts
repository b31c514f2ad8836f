/** The service described for machines (`/openapi.json`, OpenAPI 3.1) and, from the same object, for people (`/docs`). */

import { VERSION } from "../core/version.ts";
import { jsonSchemas } from "./schemas.ts";

export interface Operation {
  readonly method: "get" | "post";
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly accepts?: string;
  readonly answers: string;
  readonly schema?: string;
  /** What an answer of 400 holds, where that is no problem but a verdict. */
  readonly refusal?: string;
  /** The status of success, 200 where it is not said. */
  readonly status?: number;
  readonly example: string;
}

/** The routes that every service has; a test asks a running one for each. */
const VERIFYING: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/verify",
    summary: "Verify one document",
    description:
      "The body is the document's file, byte for byte (at most 16 MiB). The answer is always a report: a bad document and a silent network are answers. Nothing is kept.",
    accepts: "application/json",
    answers: "application/json",
    schema: "Report",
    example: "curl --data-binary @degree.json $BASE/v1/verify",
  },
  {
    method: "post",
    path: "/v1/verify/batch",
    summary: "Verify many documents",
    description:
      "One document a line in, one report a line out, in the same order, streamed. Documents of one batch cost one chain read together.",
    accepts: "application/x-ndjson",
    answers: "application/x-ndjson",
    schema: "Report",
    example: "cat degrees.ndjson | curl -T - -X POST $BASE/v1/verify/batch",
  },
  {
    method: "get",
    path: "/healthz",
    summary: "Is the process alive?",
    description: "200 while the process can answer.",
    answers: "text/plain",
    example: "curl $BASE/healthz",
  },
  {
    method: "get",
    path: "/readyz",
    summary: "Can it verify?",
    description: "200 while the chain answers; 503 while it does not, and from the moment the service is told to stop.",
    answers: "text/plain",
    example: "curl $BASE/readyz",
  },
  {
    method: "get",
    path: "/metrics",
    summary: "Counters for Prometheus",
    description: "Verdicts, latencies and load; no personal data.",
    answers: "text/plain",
    example: "curl $BASE/metrics",
  },
];

/** The same in the words of the W3C. */
const VC_API: readonly Operation[] = [
  {
    method: "post",
    path: "/credentials/verify",
    summary: "Verify a credential (VC-API)",
    description:
      'The body is {"verifiableCredential": {…}}. 200 when it is valid and nothing less; else 400 with the problems, and with our own report.',
    accepts: "application/json",
    answers: "application/json",
    schema: "CredentialAnswer",
    refusal: "CredentialAnswer",
    example: `jq '{verifiableCredential: .}' degree.json | curl --data-binary @- $BASE/credentials/verify`,
  },
  {
    method: "post",
    path: "/presentations/verify",
    summary: "Verify a presentation (VC-API)",
    description:
      'The body is {"verifiablePresentation": {…}, "options": {"challenge": "…", "domain": "…"}}. The presentation and every credential in it must be valid; status as above.',
    accepts: "application/json",
    answers: "application/json",
    schema: "PresentationAnswer",
    refusal: "PresentationAnswer",
    example: "curl --data-binary @request.json $BASE/presentations/verify",
  },
  {
    method: "post",
    path: "/challenges",
    summary: "A challenge for a presentation (VC-API)",
    description:
      "128 random bits, for the holder to sign. Given to /presentations/verify of this process it counts once, within five minutes; challenges of your own making are your own to keep count of.",
    answers: "application/json",
    schema: "Challenge",
    example: "curl -X POST $BASE/challenges",
  },
  {
    method: "post",
    path: "/credentials/derive",
    summary: "Show a part of a credential (VC-API)",
    description:
      'The body is {"verifiableCredential": {…}, "options": {"selectivePointers": ["/credentialSubject/achievement"]}}, with a credential whose issuer let parts be hidden. Whoever has the document can do this without us: testamur share.',
    accepts: "application/json",
    answers: "application/json",
    schema: "Issued",
    refusal: "Refusal",
    status: 201,
    example: "curl --data-binary @request.json $BASE/credentials/derive",
  },
];

/** Where the service has a key to sign with. */
const SIGNING: readonly Operation[] = [
  {
    method: "post",
    path: "/credentials/issue",
    summary: "Sign a credential (VC-API)",
    description:
      'The body is {"credential": {…}, "options": {"cryptosuite": "…"}}. It is signed and not anchored: degrees are issued in batches (testamur issue).',
    accepts: "application/json",
    answers: "application/json",
    schema: "Issued",
    refusal: "Refusal",
    status: 201,
    example: "curl --data-binary @request.json $BASE/credentials/issue",
  },
];

/** Where a conformance suite may play the issuer. */
const PRACTICE: readonly Operation[] = [
  {
    method: "post",
    path: "/credentials/status",
    summary: "Withdraw a credential of this service, or take that back (VC-API)",
    description:
      'The body is {"credentialId": "…", "credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}, "status": true}. Kept in memory.',
    accepts: "application/json",
    answers: "application/json",
    refusal: "Refusal",
    example: "curl --data-binary @request.json $BASE/credentials/status",
  },
  {
    method: "get",
    path: "/status-lists/{purpose}",
    summary: "The status list of this service",
    description: "A signed Bitstring Status List credential for revocation or suspension.",
    answers: "application/vc",
    example: "curl $BASE/status-lists/revocation",
  },
];

/** Where the service publishes the lists of the issuer's store. */
const PUBLISHING: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/status-lists/{chainId}/{store}/{list}/{purpose}",
    summary: "A status list of the issuer's store",
    description:
      "The list as a signed Bitstring Status List credential, for verifiers that do not read chains; purpose is revocation or suspension. Lists of more than 131,072 entries say how many in ?entries=; ?form=blockcerts is the list as Blockcerts' own verifier reads it, signed in the name of the key alone.",
    answers: "application/vc",
    example: "curl $BASE/v1/status-lists/11155111/0x…/0x…/revocation",
  },
];

/** What a service offers beside verifying. */
export interface Offers {
  readonly statusLists: boolean;
  readonly vcApi: boolean;
  readonly signing: boolean;
  readonly practice: boolean;
}

/** Every route of such a service. */
export function operationsOf({ vcApi, signing, practice, statusLists }: Offers): readonly Operation[] {
  return [
    ...VERIFYING,
    ...(vcApi ? VC_API : []),
    ...(statusLists ? PUBLISHING : []),
    ...(signing ? SIGNING : []),
    ...(practice ? PRACTICE : []),
  ];
}

/** The OpenAPI 3.1 document. */
export function openApiDocument(operations: readonly Operation[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) (paths[operation.path] ??= {})[operation.method] = describeOperation(operation);
  return {
    openapi: "3.1.0",
    info: {
      title: "Testamur",
      version: VERSION,
      description: "Verifies credentials anchored on a blockchain, without asking the issuer.",
    },
    paths,
    components: { schemas: jsonSchemas() },
  };
}

function describeOperation(operation: Operation): Record<string, unknown> {
  const problem = {
    description: "a problem (RFC 9457)",
    content: { "application/problem+json": { schema: reference("Problem") } },
  };
  const schema = operation.schema === undefined ? { type: "string" } : reference(operation.schema);
  const parameters = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  return {
    summary: operation.summary,
    description: operation.description,
    ...(parameters.length > 0 && { parameters }),
    ...(operation.accepts !== undefined && {
      requestBody: {
        required: true,
        content: {
          [operation.accepts]: {
            schema: operation.accepts === "application/json" ? { type: "object" } : { type: "string" },
          },
        },
      },
    }),
    responses: {
      [String(operation.status ?? 200)]: { description: "the answer", content: { [operation.answers]: { schema } } },
      ...(operation.refusal !== undefined && {
        "400": {
          description: "not verified, or not understood: the problems say why",
          content: { "application/json": { schema: refusalSchema(operation.refusal) } },
        },
      }),
      "4XX": problem,
      "503": problem,
    },
  };
}

/** A request that cannot be worked on is answered like a document that does not hold, with less to say of it. */
function refusalSchema(name: string): Record<string, unknown> {
  return name === "Refusal" ? reference(name) : { anyOf: [reference(name), reference("Refusal")] };
}

function reference(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/** The same for people: one page, no scripts, nothing from elsewhere. */
export function docsPage(operations: readonly Operation[]): string {
  const sections = operations.map(
    ({ method, path, summary, description, example }) =>
      `<section><h2><code>${method.toUpperCase()} ${path}</code></h2><p><strong>${escape(summary)}${summary.endsWith("?") ? "" : "."}</strong> ${escape(description)}</p><pre>${escape(example)}</pre></section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Testamur API</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}pre,code{font:14px/1.5 ui-monospace,monospace}pre{background:#f2f4f7;padding:.75rem;overflow:auto;border-radius:4px}h2{margin-top:2rem;font-size:1.1rem}@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#14161a}pre{background:#22262d}a{color:#8ab4f8}}</style>
<h1>Testamur API ${VERSION}</h1><p>Verifies credentials without asking their issuer. For machines: <a href="/openapi.json">/openapi.json</a>. In the examples <code>BASE</code> is the address of this page, such as <code>http://127.0.0.1:3000</code>.</p>
${sections.join("\n")}</html>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
