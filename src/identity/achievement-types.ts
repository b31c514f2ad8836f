/** Types of achievement as the recognition register numbers them: bits that are never given anew (contracts/README.md). */

/** In the order in which Open Badges 3.0 lists its `AchievementType`; bit 0 first. */
export const ACHIEVEMENT_TYPES = [
  "Achievement",
  "ApprenticeshipCertificate",
  "Assessment",
  "Assignment",
  "AssociateDegree",
  "Award",
  "Badge",
  "BachelorDegree",
  "Certificate",
  "CertificateOfCompletion",
  "Certification",
  "CommunityService",
  "Competency",
  "Course",
  "CoCurricular",
  "Degree",
  "Diploma",
  "DoctoralDegree",
  "Fieldwork",
  "GeneralEducationDevelopment",
  "JourneymanCertificate",
  "LearningProgram",
  "License",
  "Membership",
  "ProfessionalDoctorate",
  "QualityAssuranceCredential",
  "MasterCertificate",
  "MasterDegree",
  "MicroCredential",
  "ResearchDoctorate",
  "SecondarySchoolDiploma",
] as const;

/** Any other type, and documents that state none. */
const OTHER = 1n << 31n;

/** The bits of types, all of which have to be covered; those of no type at all where there are none. */
export function toTypeBits(types: readonly string[]): bigint {
  if (types.length === 0) return OTHER;
  return types.reduce((bits, type) => bits | bitOf(type), 0n);
}

function bitOf(type: string): bigint {
  const at = ACHIEVEMENT_TYPES.findIndex((known) => known === type);
  return at === -1 ? OTHER : 1n << BigInt(at);
}
