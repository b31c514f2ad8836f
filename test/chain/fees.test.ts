/** What is offered for gas: never above the cap, always enough for the next block, or nothing at all. */

import { expect } from "chai";
import fc from "fast-check";

import type { Fee } from "../../src/chain/account.ts";
import { chooseFee, type FeeMarket } from "../../src/chain/fees.ts";
import { networkOf } from "../../src/chain/networks.ts";
import { TestamurError } from "../../src/core/errors.ts";
import { holds } from "../support/property.ts";

const LOCAL = networkOf(1337);
const wei = fc.bigInt({ min: 0n, max: 10n ** 13n });
const markets: fc.Arbitrary<FeeMarket> = fc.record({
  kind: fc.constantFrom<Fee["kind"]>("market", "legacy"),
  floor: fc.bigInt({ min: 1n, max: 10n ** 13n }),
  tip: wei,
});
const earlier: fc.Arbitrary<Fee> = fc.oneof(
  fc.record({ kind: fc.constant("legacy" as const), maxFeePerGas: wei }),
  fc.record({ kind: fc.constant("market" as const), maxFeePerGas: wei, maxPriorityFeePerGas: wei }),
);
const gases = fc.bigInt({ min: 21_000n, max: 16_777_216n });

/** The fee, or undefined when the cap forbids any. */
function choose(market: FeeMarket, gas: bigint, maxFeeWei?: bigint, above?: Fee): Fee | undefined {
  const limits = { gas, ...(maxFeeWei !== undefined && { maxFeeWei }), ...(above !== undefined && { above }) };
  try {
    return chooseFee(market, limits, LOCAL);
  } catch (error) {
    if (error instanceof TestamurError && error.code === "FEE_ABOVE_CAP") return undefined;
    throw error;
  }
}

describe("chooseFee", () => {
  it("never offers more than the cap, and never too little for the next block", async () => {
    await holds(
      fc.property(markets, gases, fc.bigInt({ min: 0n, max: 10n ** 21n }), (market, gas, cap) => {
        const fee = choose(market, gas, cap);
        const isAffordable = (market.floor + market.tip) * gas <= cap;
        expect(fee !== undefined).to.equal(isAffordable);
        expect((fee?.maxFeePerGas ?? 0n) * gas <= cap).to.equal(true);
        expect(fee === undefined || fee.maxFeePerGas >= market.floor).to.equal(true);
      }),
    );
  });

  it("offers at least a tenth more than what it replaces, of both parts", async () => {
    await holds(
      fc.property(markets, gases, earlier, (market, gas, above) => {
        const fee = choose(market, gas, undefined, above);
        if (fee === undefined) throw new Error("there is no cap");
        expect(fee.maxFeePerGas * 10n >= above.maxFeePerGas * 11n).to.equal(true);
        if (fee.kind !== "market" || above.kind !== "market") return;
        expect(fee.maxPriorityFeePerGas * 10n >= above.maxPriorityFeePerGas * 11n).to.equal(true);
      }),
    );
  });

  it("never tips more than it offers in all", async () => {
    await holds(
      fc.property(markets, gases, fc.option(earlier, { nil: undefined }), wei, (market, gas, above, cap) => {
        const fee = choose(market, gas, cap * gas, above);
        if (fee?.kind === "market") expect(fee.maxPriorityFeePerGas <= fee.maxFeePerGas).to.equal(true);
      }),
    );
  });

  it("leaves room for base fees that rise, where no cap forbids it", () => {
    const fee = choose({ kind: "market", floor: 100n, tip: 7n }, 21_000n);
    expect(fee).to.deep.equal({ kind: "market", maxFeePerGas: 207n, maxPriorityFeePerGas: 7n });
  });
});
