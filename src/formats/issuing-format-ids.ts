/** The names of the standards we issue: for those who list them and need none of their code. */

import type { FormatId } from "../core/claims.ts";

export type IssuingFormatId = Extract<FormatId, "openattestation-v2" | "w3c-vc-v2" | "blockcerts-v3">;

export const ISSUING_FORMAT_IDS: readonly IssuingFormatId[] = ["openattestation-v2", "w3c-vc-v2", "blockcerts-v3"];
