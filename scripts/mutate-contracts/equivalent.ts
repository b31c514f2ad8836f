/** Faults that change nothing anybody could observe but gas, each with the reason why. */
import type { Mutant } from "./mutants.ts";

interface Equivalent {
  readonly file: string;
  /** The line it stands in, without the white space around it. */
  readonly line: string;
  readonly original: string;
  readonly replacement: string;
  readonly why: string;
}

const EQUIVALENT: readonly Equivalent[] = [
  {
    file: "contracts/DocumentStore.sol",
    line: "return voided != 0 && (revoked == 0 || voided < revoked) ? voided : revoked;",
    original: "<",
    replacement: "<=",
    why: "the earlier of two equal blocks is either",
  },
  {
    file: "contracts/DocumentStore.sol",
    line: "if (anchor.blockNumber == 0) return 0;",
    original: "anchor.blockNumber == 0",
    replacement: "false",
    why: "block 0 is before every declared block, so the next lines give 0 as well; this one saves reading a slot",
  },
  {
    file: "contracts/RecognitionRegistry.sol",
    line: "if (recognition.grantedAt == 0 || recognition.grantedAt > moment.blockNumber) return false;",
    original: "recognition.grantedAt == 0",
    replacement: "false",
    why: "an unknown recognition is in force until the moment 0, which the next line refuses; this one says what is meant",
  },
  {
    file: "contracts/store/StatusLists.sol",
    line: "if (bits[i] == 0) continue;",
    original: "bits[i] == 0",
    replacement: "false",
    why: "a word without a bit changes nothing; this one saves writing back what is there",
  },
  {
    file: "contracts/lens/StoreLens.sol",
    line: "if (gasleft() - gasleft() / 64 < gasPerCall + 5000) revert NotEnoughGas();",
    original: "<",
    replacement: "<=",
    why: "one unit of gas, where thousands are kept in hand",
  },
  {
    file: "contracts/lens/StoreLens.sol",
    line: "if (code.length != _MINIMAL_PROXY_SIZE) return address(0);",
    original: "code.length != _MINIMAL_PROXY_SIZE",
    replacement: "false",
    why: "code of another length has another hash than the 45 bytes it is compared with; this one saves hashing it",
  },
];

/** Why a fault cannot be caught, if it is one of those. */
export function whyEquivalent({ file, line, original, replacement }: Mutant, source: string): string | undefined {
  const statement = source.split("\n")[line - 1]?.trim();
  return EQUIVALENT.find(
    (known) =>
      known.file === file &&
      known.line === statement &&
      known.original.trim() === original.trim() &&
      known.replacement.trim() === replacement.trim(),
  )?.why;
}
