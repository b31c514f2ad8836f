/** OpenAttestation's own clients, unmodified, behind types of ours: they come without the ones we need. */

import { createRequire } from "node:module";
import { join } from "node:path";

const load = createRequire(join(import.meta.dirname, "package.json"));

export interface Fragment {
  readonly name: string;
  readonly type: string;
  readonly status: "VALID" | "INVALID" | "SKIPPED" | "ERROR";
  readonly reason?: { readonly code: number; readonly codeString: string };
}

type DnsAnswer = {
  readonly AD: boolean;
  readonly Answer: readonly {
    readonly name: string;
    readonly type: number;
    readonly TTL: number;
    readonly data: string;
  }[];
};

interface OaVerify {
  readonly openAttestationVerifiers: readonly object[];
  verificationBuilder(
    verifiers: readonly object[],
    options: { readonly provider: object; readonly dnsResolvers: readonly ((domain: string) => Promise<DnsAnswer>)[] },
  ): (document: object) => Promise<readonly Fragment[]>;
  isValid(fragments: readonly Fragment[]): boolean;
}

interface OpenAttestation {
  wrapDocuments(data: readonly object[]): readonly object[];
  wrapDocument(data: object): object;
  verifySignature(document: object): boolean;
  obfuscate(document: object, fields: readonly string[]): object;
  getData(document: object): object;
}

interface EthersV5 {
  readonly providers: {
    readonly JsonRpcProvider: new (url: string, network: { chainId: number; name: string }) => object;
  };
}

export const openAttestation: OpenAttestation = load("@govtechsg/open-attestation") as OpenAttestation;
const oaVerify = load("@govtechsg/oa-verify") as OaVerify;
const { providers } = load("ethers") as EthersV5;

export interface PeerVerdict {
  readonly isValid: boolean;
  readonly fragments: readonly Fragment[];
}

/** oa-verify with its default verifiers, against a node of ours and a DNS that knows these records. */
export function oaVerifier(
  rpcUrl: string,
  records: Readonly<Record<string, readonly string[]>>,
): (document: object) => Promise<PeerVerdict> {
  const provider = new providers.JsonRpcProvider(rpcUrl, { chainId: 1337, name: "local" });
  const resolver = async (domain: string): Promise<DnsAnswer> => ({
    AD: true,
    Answer: (records[domain] ?? []).map((text) => ({ name: domain, type: 16, TTL: 60, data: `"${text}"` })),
  });
  const verify = oaVerify.verificationBuilder(oaVerify.openAttestationVerifiers, {
    provider,
    dnsResolvers: [resolver],
  });
  return async (document) => {
    const fragments = await verify(document);
    return { isValid: oaVerify.isValid(fragments), fragments };
  };
}
