/** Transactions of every type, signed by another library, prove hash and sender; altered ones prove nothing. */

import { expect } from "chai";
import { Transaction, Wallet, type TransactionLike } from "ethers";

import { findSignedContent, isOfKnownType } from "../../src/chain/signed-content.ts";
import type { Hex } from "../../src/core/bytes.ts";
import type { Json, JsonObject } from "../../src/core/json.ts";
import { LOCAL_KEYS } from "../support/local-node.ts";

const wallet = new Wallet(LOCAL_KEYS[0]!);
const SENDER = wallet.address.toLowerCase();
const TO = `0x${"ab".repeat(20)}` as const;
const ROOT = `0x${"5e".repeat(32)}` as const;
const BASE = { nonce: 3, gasLimit: 60_000n, to: TO, data: ROOT, value: 0n } as const;
const ACCESS = [{ address: TO, storageKeys: [ROOT] }] as const;
const MARKET = { maxFeePerGas: 9n, maxPriorityFeePerGas: 1n } as const;

/** As `eth_getTransactionByHash` tells it. */
function toRpc(signed: Transaction): JsonObject {
  const signature = signed.signature!;
  const quantity = (value: bigint | number | null): Json => (value === null ? null : `0x${value.toString(16)}`);
  const fields: Record<string, Json | undefined> = {
    hash: signed.hash,
    type: quantity(signed.type),
    nonce: quantity(signed.nonce),
    gas: quantity(signed.gasLimit),
    to: signed.to,
    value: quantity(signed.value),
    input: signed.data,
    r: quantity(BigInt(signature.r)),
    s: quantity(BigInt(signature.s)),
    v: quantity(legacyV(signed) ?? signature.yParity),
    gasPrice: quantity(signed.gasPrice ?? signed.maxFeePerGas),
    ...(signed.chainId !== 0n && { chainId: quantity(signed.chainId) }),
    ...(signed.type !== 0 && {
      yParity: quantity(signature.yParity),
      accessList: signed.accessList,
    }),
    ...(signed.type! >= 2 && {
      maxFeePerGas: quantity(signed.maxFeePerGas),
      maxPriorityFeePerGas: quantity(signed.maxPriorityFeePerGas),
    }),
    ...(signed.type === 3 && {
      maxFeePerBlobGas: quantity(signed.maxFeePerBlobGas),
      blobVersionedHashes: signed.blobVersionedHashes,
    }),
    ...(signed.type === 4 && {
      authorizationList: signed.authorizationList!.map(({ address, nonce, chainId, signature: by }) => ({
        address,
        nonce: quantity(nonce),
        chainId: quantity(chainId),
        r: by.r,
        s: by.s,
        yParity: quantity(by.yParity),
      })),
    }),
  };
  return JSON.parse(JSON.stringify(fields)) as JsonObject;
}

/** EIP-155: parity and chain in one number. */
function legacyV({ type, chainId, signature }: Transaction): bigint | undefined {
  if (type !== 0) return undefined;
  return (chainId === 0n ? 27n : 35n + 2n * chainId) + BigInt(signature!.yParity);
}

async function sign(fields: TransactionLike): Promise<Transaction> {
  const transaction = Transaction.from({ ...BASE, ...fields });
  transaction.signature = wallet.signingKey.sign(transaction.unsignedHash);
  return transaction;
}

const TYPES: readonly [string, () => Promise<TransactionLike>, number | undefined][] = [
  ["before EIP-155", async () => ({ type: 0, gasPrice: 7n }), undefined],
  ["of type 0", async () => ({ type: 0, chainId: 1, gasPrice: 7n }), 1],
  ["of type 1", async () => ({ type: 1, chainId: 1, gasPrice: 7n, accessList: [...ACCESS] }), 1],
  ["of type 2", async () => ({ type: 2, chainId: 11155111, ...MARKET }), 11155111],
  [
    "of type 3",
    async () => ({
      type: 3,
      chainId: 1,
      ...MARKET,
      maxFeePerBlobGas: 5n,
      blobVersionedHashes: [`0x01${"07".repeat(31)}`],
    }),
    1,
  ],
  [
    "of type 4",
    async () => ({
      type: 4,
      chainId: 1,
      ...MARKET,
      authorizationList: [await wallet.authorize({ address: TO, nonce: 4, chainId: 1 })],
    }),
    1,
  ],
];

describe("findSignedContent", () => {
  for (const [name, fieldsOf, chainId] of TYPES) {
    it(`proves transactions ${name}, whatever the parity of the signature`, async () => {
      const parities = new Set<number>();
      for (let nonce = 0; parities.size < 2 || nonce < 8; nonce++) {
        const signed = await sign({ ...(await fieldsOf()), nonce });
        parities.add(signed.signature!.yParity);
        const found = findSignedContent(toRpc(signed), signed.hash as Hex);
        const chain = chainId === undefined ? {} : { chainId };
        expect(found).to.deep.equal({ from: SENDER, to: TO, input: ROOT, ...chain });
      }
    });
  }

  it("proves a transaction that creates a contract", async () => {
    const signed = await sign({ type: 2, chainId: 1, ...MARKET, to: null });
    expect(findSignedContent(toRpc(signed), signed.hash as Hex)).to.deep.equal({
      from: SENDER,
      input: ROOT,
      chainId: 1,
    });
  });

  const altered: readonly Json[] = ["0x1234", `0x${"77".repeat(32)}`, null, 7, "junk", {}];
  for (const [name, fieldsOf] of TYPES) {
    it(`proves nothing else of transactions ${name} when members are altered, dropped or of another type`, async () => {
      const signed = await sign(await fieldsOf());
      const hash = signed.hash as Hex;
      const whole = toRpc(signed);
      const content = findSignedContent(whole, hash);
      for (const [member, value] of Object.entries(whole)) {
        const { [member]: _, ...without } = whole;
        const spoiled = [without, ...altered.map((other) => ({ ...whole, [member]: other }))];
        const found = spoiled.map((one) => findSignedContent(one, hash)).filter((one) => one !== undefined);
        for (const one of found) expect(one, member).to.deep.equal(content);
        const isBound = ["to", "input", "nonce", "gas", "r", "s"].includes(member);
        if (isBound) expect(found, `${member}, which was ${JSON.stringify(value)}`).to.deep.equal([]);
      }
    });
  }

  it("does not believe the sender a node states", async () => {
    const signed = await sign({ type: 2, chainId: 1, ...MARKET });
    expect(findSignedContent({ ...toRpc(signed), from: TO }, signed.hash as Hex)).to.include({ from: SENDER });
  });
});

describe("isOfKnownType", () => {
  it("knows the five types of Ethereum, and none of layer-2 networks", () => {
    expect([{}, ...["0x0", "0x1", "0x2", "0x3", "0x4"].map((type) => ({ type }))].map(isOfKnownType)).to.not.include(
      false,
    );
    expect(
      [{ type: "0x5" }, { type: "0x6a" }, { type: "0x7e" }, { type: 2 }, { type: "two" }].map(isOfKnownType),
    ).to.not.include(true);
  });
});
