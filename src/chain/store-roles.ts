/** The three roles of a store and their names. */

import { keccak256, stringToHex } from "viem";

import type { Hex } from "../core/bytes.ts";

export const STORE_ROLES = ["admin", "issuer", "revoker"] as const;
export type StoreRole = (typeof STORE_ROLES)[number];

/** OpenZeppelin's AccessControl: the admin role is zero, the others are hashes of their names. */
const ROLE_IDS: Readonly<Record<StoreRole, Hex>> = {
  admin: `0x${"00".repeat(32)}`,
  issuer: keccak256(stringToHex("ISSUER_ROLE")),
  revoker: keccak256(stringToHex("REVOKER_ROLE")),
};

export function roleId(role: StoreRole): Hex {
  return ROLE_IDS[role];
}

/** The role's name, or the id itself where it is none of ours. */
export function roleName(id: string): string {
  return STORE_ROLES.find((role) => ROLE_IDS[role] === id.toLowerCase()) ?? id;
}
