/** The linter's configuration; its heart are two arrays, FLOORS and DOORS, that keep the house in order (src/README.md). */

import { defineConfig, type OxlintOverride } from "oxlint";

/** Rooms by floor, the lowest first. A room imports itself and the floors below: never its own floor, never above. */
export const FLOORS: readonly (readonly string[])[] = [
  ["core"],
  ["canon", "merkle"],
  ["formats"],
  ["issue", "verify", "chain", "identity", "status", "store"],
  ["app"],
  ["http", "web"],
  ["cli"],
];

/** Third-party packages and the only files or rooms that may import them. Everything else asks there. */
export const DOORS: Readonly<Record<string, readonly string[]>> = {
  "@noble/hashes": ["core/keccak.ts", "core/keccak/", "core/sha256.ts"],
  "@noble/curves": ["core/secp256k1.ts", "core/ed25519.ts", "core/ecdsa.ts"],
  "@scure/base": ["core/base58.ts", "core/base64url.ts"],
  canonicalize: ["canon/jcs.ts"],
  jsonld: ["canon/"],
  "rdf-canonize": ["canon/"],
  viem: ["chain/"],
  ethers: ["chain/"],
  merkletreejs: ["issue/second-opinion.ts"],
  keccak256: ["issue/second-opinion.ts"],
  "csv-parse": ["issue/", "cli/"],
  "node:sqlite": ["store/"],
  zod: ["identity/trust-list.ts", "app/config.ts", "http/"],
  express: ["http/"],
  "express-rate-limit": ["http/"],
  helmet: ["http/"],
  "prom-client": ["http/"],
  pino: ["http/"],
  commander: ["cli/"],
  hardhat: ["cli/demo/"],
  "@clack/prompts": ["cli/"],
  picocolors: ["cli/"],
};

/** Rooms that also run in a browser: no Node built-ins there. */
const BROWSER_SAFE: readonly string[] = ["core", "canon", "merkle", "formats", "verify", "chain", "identity", "status"];

interface Restriction {
  readonly regex: string;
  readonly message: string;
}

function floorOf(room: string): number {
  return FLOORS.findIndex((floor) => floor.includes(room));
}

/** Rooms out of reach: those beside and those above. */
function closedRooms(room: string): Restriction[] {
  return FLOORS.slice(floorOf(room))
    .flat()
    .filter((other) => other !== room)
    .map((other) => ({
      regex: `^(\\.\\./)+${other}/`,
      message: `${room}/ stands on floor ${floorOf(room) + 1} and may not import ${other}/: rooms meet in core/ports/ and app/ (src/README.md).`,
    }));
}

function closedDoors(openFor: string): Restriction[] {
  return Object.entries(DOORS)
    .filter(
      ([, doors]) => !doors.includes(openFor) && !doors.some((door) => door.endsWith("/") && openFor.startsWith(door)),
    )
    .map(([name, doors]) => ({
      regex: `^${name}(/|$)`,
      message: `${name} is imported only by ${doors.map((door) => `src/${door}`).join(", ")}: ask there instead.`,
    }));
}

function importRule(room: string, openFor: string): OxlintOverride {
  const node = BROWSER_SAFE.includes(room)
    ? [
        {
          regex: "^node:",
          message: `${room}/ also runs in a browser: Node built-ins belong into store/, app/, http/ or cli/.`,
        },
      ]
    : [];
  const patterns = [...closedRooms(room), ...closedDoors(openFor), ...node];
  return {
    files: [openFor.endsWith("/") ? `src/${openFor}**` : `src/${openFor}`],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
}

const rooms = FLOORS.flat().map((room) => importRule(room, `${room}/`));
const doors = [...new Set(Object.values(DOORS).flat())]
  .filter((door) => !FLOORS.flat().includes(door.slice(0, -1)))
  .map((door) => importRule(door.slice(0, door.indexOf("/")), door));

const config: ReturnType<typeof defineConfig> = defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "promise", "node"],
  categories: { correctness: "error", suspicious: "error", perf: "off" },
  options: { typeAware: true },
  rules: {
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-unsafe-type-assertion": "off", // a narrowing after a check is written as an assertion
    "typescript/no-unnecessary-type-arguments": "off",
    "typescript/unbound-method": "off", // objects here are closures: no method uses this
    "typescript/consistent-return": "off", // the compiler sees exhaustive switches (noImplicitReturns); this rule does not
    "oxc/no-async-endpoint-handlers": "off", // Express 5 passes rejections on
    "import/no-named-as-default-member": "off",
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "import/no-unassigned-import": "off",
    "no-console": "error",
    "no-var": "error",
    "prefer-const": "error",
    eqeqeq: "error",
    "no-await-in-loop": "off", // order is often the point: one outside effect after the other
    "no-underscore-dangle": "off",
    "unicorn/no-array-sort": "off",
    "unicorn/no-array-reverse": "off",
    "unicorn/consistent-function-scoping": "off",
    "no-shadow": "off",
  },
  overrides: [
    ...rooms,
    ...doors,
    { files: ["*.config.ts", "**/*.d.ts"], rules: { "import/no-default-export": "off" } },
    { files: ["src/cli/**", "scripts/**"], rules: { "no-console": "off" } },
    {
      files: ["test/**"],
      rules: { "no-unused-expressions": "off", "typescript/no-non-null-assertion": "off", "no-console": "off" },
    },
  ],
  ignorePatterns: ["artifacts", "cache", "dist", "coverage", "test/peers/node_modules", "node_modules"],
});

export default config;
