/** Stores whose roles are in known hands, on a chain of their own. */
import { id, ZeroHash } from "ethers";
import { accounts, deploy, type DocumentStore, freshChain, type Chain, type Ethers, type Signer } from "./chain.ts";

const chain = await freshChain();
export const ethers: Ethers = chain.ethers;
export const networkHelpers: Chain["networkHelpers"] = chain.networkHelpers;

const cast = await accounts(ethers);
export const owner: Signer = cast[0];
export const issuer: Signer = cast[1];
export const revoker: Signer = cast[2];
export const stranger: Signer = cast[3];
export const admin: Signer = cast[4];

export const ADMIN: string = ZeroHash;
export const ISSUER: string = id("ISSUER_ROLE");
export const REVOKER: string = id("REVOKER_ROLE");
export const ROLES: readonly string[] = [ADMIN, ISSUER, REVOKER];
export const node: string = id("node");
export const list: string = id("list");

/** A store whose three roles are in the hands of three accounts; its owner has none left. */
export async function deploySplit(): Promise<DocumentStore> {
  const store = await deploy<DocumentStore>(ethers, "DocumentStore", ["University of Somewhere", owner]);
  await store.grantRole(ISSUER, issuer);
  await store.grantRole(REVOKER, revoker);
  await store.grantRole(ADMIN, admin);
  for (const role of [ISSUER, REVOKER, ADMIN]) await store.renounceRole(role, owner);
  return store;
}

/** A store whose owner holds all three roles. */
export async function deployOwned(): Promise<DocumentStore> {
  return await deploy(ethers, "DocumentStore", ["University of Somewhere", owner]);
}
