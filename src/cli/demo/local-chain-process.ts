/** The child process of `local-chain.ts`: a real Hardhat node on a free loopback port, until its standard input ends. */

import process from "node:process";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

/** Known to everybody: good for nothing but local chains. */
const PUBLIC_MNEMONIC = "test test test test test test test test test test test junk";

const hre = await createHardhatRuntimeEnvironment({
  networks: {
    // 1337, since the grammar of OpenAttestation's DNS records does not know Hardhat's own 31337
    local: {
      type: "edr-simulated",
      chainType: "l1",
      chainId: 1337,
      accounts: { mnemonic: PUBLIC_MNEMONIC, count: 20 },
      mining: { auto: true },
    },
  },
});
const server = await hre.network.createServer("local", "127.0.0.1", Number(process.argv[2] ?? 0));
const { port } = await server.listen();
process.stdout.write(`http://127.0.0.1:${port}\n`);

// the parent holds the other end: when it dies, however it dies, this ends too
process.stdin.resume().once("end", () => {
  void server.close().finally(() => process.exit(0));
});
