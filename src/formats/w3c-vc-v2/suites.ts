/** The signature suites we verify: how each brings a document into one form, and with which curves. */

import type { EcdsaCurve } from "../../core/ecdsa.ts";
import type { Curve } from "../../core/public-key.ts";
import { DATA_INTEGRITY_PROOF } from "./names.ts";

export interface Suite {
  readonly name: string;
  /** `rdfc`: the statements are signed. `jcs`: the JSON value is. */
  readonly form: "rdfc" | "jcs";
  /** The curve by the length of the signature in bytes. */
  readonly curves: Readonly<Record<number, Curve>>;
}

const ED25519: Readonly<Record<number, Curve>> = { 64: "Ed25519" };
const NIST: Readonly<Record<number, EcdsaCurve>> = { 64: "P-256", 96: "P-384" };

const DATA_INTEGRITY: readonly Suite[] = [
  { name: "eddsa-rdfc-2022", form: "rdfc", curves: ED25519 },
  { name: "eddsa-jcs-2022", form: "jcs", curves: ED25519 },
  { name: "ecdsa-rdfc-2019", form: "rdfc", curves: NIST },
  { name: "ecdsa-jcs-2019", form: "jcs", curves: NIST },
];

/** Its proofs are derived by holders, who may leave parts out; what is shown of them is in `derived-proof.ts`. */
export const DERIVED_SUITE: Suite = { name: "ecdsa-sd-2023", form: "rdfc", curves: { 64: "P-256" } };

/** From before Data Integrity had one proof type: read, never made. */
const ED25519_2020: Suite = { name: "Ed25519Signature2020", form: "rdfc", curves: ED25519 };

/** The suite whose proofs are one signature over the whole, or undefined where there is none that we verify. */
export function findSuite(type: string, cryptosuite: string | undefined): Suite | undefined {
  if (type === DATA_INTEGRITY_PROOF) return DATA_INTEGRITY.find((suite) => suite.name === cryptosuite);
  return type === ED25519_2020.name ? ED25519_2020 : undefined;
}

/** What SHA-2 the suites use with a curve, inside the canonical form and over it. */
export function hashOf(curve: Curve): "SHA-256" | "SHA-384" {
  return curve === "P-384" ? "SHA-384" : "SHA-256";
}
