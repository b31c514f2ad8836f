/** How Hardhat builds and tests the contracts: the compiler comes from npm, nothing is downloaded. */
import { createRequire } from "node:module";
import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatEthersChaiMatchers from "@nomicfoundation/hardhat-ethers-chai-matchers";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatNetworkHelpers from "@nomicfoundation/hardhat-network-helpers";
import type { HardhatUserConfig } from "hardhat/config";

/** `THOROUGH=true` runs the long form of every property: several minutes, for a night or before a release. */
const thorough = process.env["THOROUGH"] === "true";

const compiler = {
  version: "0.8.37",
  path: createRequire(import.meta.url).resolve("solc/soljson.js"),
  settings: {
    // Cancun: the newest rules that every chain of our finality table runs.
    evmVersion: "cancun",
    viaIR: true,
    optimizer: { enabled: true, runs: 200 },
    // The runtime code depends on the code alone, not on comments or paths, so that releases can be listed by hash.
    metadata: { bytecodeHash: "none", appendCBOR: false },
    // Added to Hardhat's own selection, for the snapshot of scripts/storage-layout.ts.
    outputSelection: Object.fromEntries(
      ["DocumentStore", "RecognitionRegistry", "SoulboundAward"].map((name) => [
        `project/contracts/${name}.sol`,
        { [name]: ["storageLayout"] },
      ]),
    ),
  },
} as const;

/** 1337 and not Hardhat's 31337: the grammar of OpenAttestation's DNS records knows only the former. */
const localChain = {
  type: "edr-simulated",
  chainType: "l1",
  chainId: 1337,
  accounts: { mnemonic: "test test test test test test test test test test test junk", count: 20 },
} as const;

const config: HardhatUserConfig = {
  plugins: [hardhatEthers, hardhatEthersChaiMatchers, hardhatMocha, hardhatNetworkHelpers],
  solidity: {
    profiles: { default: compiler, production: compiler },
    splitTestsCompilation: true,
  },
  networks: { default: localChain, node: localChain },
  paths: { sources: "contracts", tests: { solidity: "test/contracts", mocha: "test" } },
  test: {
    solidity: {
      fuzz: { runs: thorough ? 5_000 : 256, seed: "0x7465737461" },
      invariant: { runs: thorough ? 1_000 : 50, depth: thorough ? 100 : 40, failOnRevert: true },
    },
  },
};

export default config;
