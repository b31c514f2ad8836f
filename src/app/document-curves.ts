/** The curves we sign documents on: Ed25519 for `eddsa-rdfc-2022`, P-256 for `ecdsa-rdfc-2019`. */

export const DOCUMENT_CURVES = ["Ed25519", "P-256"] as const;
export type DocumentCurve = (typeof DOCUMENT_CURVES)[number];
