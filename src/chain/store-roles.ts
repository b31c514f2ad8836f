/** The three roles of a store: their names, and what a contract calls them. */

import { keccak256, stringToHex } from "viem";

import type { Hex } from "../core/bytes.ts";
import { STORE_ROLES, type StoreRole } from "./role-names.ts";

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
