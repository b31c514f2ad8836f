/** The three roles of a store, by the names people use. */

export const STORE_ROLES = ["admin", "issuer", "revoker"] as const;
export type StoreRole = (typeof STORE_ROLES)[number];
