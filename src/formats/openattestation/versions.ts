/** The texts by which OpenAttestation documents name their version. */

export const VERSION_V2 = "https://schema.openattestation.com/2.0/schema.json";
export const VERSION_V3 = "https://schema.openattestation.com/3.0/schema.json";
