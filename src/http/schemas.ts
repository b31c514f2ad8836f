/** The shapes that travel: the one source of the OpenAPI page. The compiler holds them equal to the types of `core/`. */

import { z } from "zod";

import { ASPECTS, HEADLINES } from "../core/findings.ts";

/** Any JSON value: a schema of our own would be one that refers to itself, which the registry cannot place. */
const AnyJson = z.any().describe("any JSON value");

const Hex = z.string().regex(/^0x[0-9a-f]+$/);

const FindingShape = z
  .object({
    aspect: z.enum(ASPECTS),
    outcome: z
      .enum(["pass", "fail", "unknown", "skipped"])
      .describe("unknown: could not be checked; skipped: this kind of document has no such thing"),
    code: z.string().describe("stable; programs read this"),
    message: z.string().describe("for people"),
    evidence: z.record(z.string(), AnyJson).optional(),
  })
  .meta({ id: "Finding" });

const IssuerShape = z.object({
  proven: z.string().optional().describe("what was proven: a domain, a DID, an entry of the trust list"),
  provenBy: z.enum(["dns-txt", "dns-did", "did", "issuer-profile", "trust-list", "recognition"]).optional(),
  callsItself: z.string().optional().describe("the document's own word: a claim"),
});

const VERDICTS = ["valid", "invalid", "inconclusive"] as const;

const InnerReportShape = z.object({
  place: z.string().describe("a JSON pointer"),
  kind: z.enum(["endorsement", "record"]),
  isAboutHolder: z.boolean().describe("false: an endorsement of something else"),
  verdict: z.enum(VERDICTS),
  headline: z.enum(HEADLINES),
  findings: z.array(FindingShape),
  issuer: IssuerShape.optional(),
});

const ReportShape = z
  .object({
    file: z.string().optional(),
    format: z.string().optional(),
    verdict: z.enum(VERDICTS),
    headline: z.enum(HEADLINES),
    findings: z.array(FindingShape),
    issuer: IssuerShape.optional(),
    credential: z
      .object({
        title: z.string().optional(),
        holder: z.string().optional(),
        issuedOn: z.string().optional(),
        content: AnyJson,
      })
      .optional(),
    hidden: z.number().int().optional().describe("entries the holder has hidden"),
    inner: z
      .array(InnerReportShape)
      .optional()
      .describe("credentials inside it, each verified by itself; the verdict does not hang on them"),
    anchor: z
      .object({
        root: Hex,
        store: Hex.optional(),
        transaction: Hex.optional(),
        chainId: z.number().int(),
        block: z.number().int().optional(),
        time: z.string().optional(),
      })
      .optional(),
    network: z.enum(["main", "test"]).optional(),
    readAt: z.object({ chainId: z.number().int(), block: z.number().int(), hash: Hex, time: z.string() }).optional(),
    checkedAt: z.string(),
    version: z.string(),
  })
  .meta({ id: "Report" });

const ProblemShape = z
  .object({ type: z.string(), title: z.string(), status: z.number().int(), detail: z.string() })
  .meta({ id: "Problem", description: "RFC 9457" });

const ProblemDetailShape = z
  .object({ type: z.string(), title: z.string(), detail: z.string() })
  .meta({ id: "ProblemDetail", description: "RFC 9457, with the types that the W3C's specifications name" });

const PartShape = z.object({ verified: z.boolean(), input: AnyJson.describe("the part as it came") });

const CredentialAnswerShape = z
  .object({
    verified: z.boolean(),
    problemDetails: z.array(ProblemDetailShape).describe("empty when verified"),
    warnings: z.array(ProblemDetailShape),
    results: z.record(z.string(), z.union([PartShape, z.array(PartShape)])),
    report: ReportShape,
  })
  .meta({ id: "CredentialAnswer" });

const PresentationAnswerShape = z
  .object({
    verified: z.boolean(),
    problemDetails: z.array(ProblemDetailShape),
    warnings: z.array(ProblemDetailShape),
    holder: z.string().optional(),
    presentationResult: z.object({ verified: z.boolean() }),
    credentialResults: z.array(CredentialAnswerShape),
  })
  .meta({ id: "PresentationAnswer" });

const RefusalShape = z
  .object({ verified: z.literal(false), problemDetails: z.array(ProblemDetailShape) })
  .meta({ id: "Refusal" });

const ChallengeShape = z.object({ challenge: z.string() }).meta({ id: "Challenge" });

const IssuedShape = z.object({ verifiableCredential: z.record(z.string(), AnyJson) }).meta({ id: "Issued" });

const SHAPES: Readonly<Record<string, z.ZodType>> = {
  Finding: FindingShape,
  Report: ReportShape,
  Problem: ProblemShape,
  ProblemDetail: ProblemDetailShape,
  CredentialAnswer: CredentialAnswerShape,
  PresentationAnswer: PresentationAnswerShape,
  Refusal: RefusalShape,
  Issued: IssuedShape,
  Challenge: ChallengeShape,
};

/** JSON Schemas (2020-12) by name, as the components of an OpenAPI document: without ids of their own. */
export function jsonSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, shape] of Object.entries(SHAPES)) registry.add(shape, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: "output" });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutIds(schema)]));
}

function withoutIds(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== "$id" && name !== "$schema"));
}
