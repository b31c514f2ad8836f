/** Every JSON-LD context we accept, by set and address. Written by `scripts/bundle-contexts.ts`; origins in `LICENCES.md`. */

import type { ContextSet, PinnedContext } from "./context-set.ts";

/** A context is loaded when it is first asked for; a test holds every file to its SHA-256. */
export const CATALOGUE: Readonly<Record<ContextSet, Readonly<Record<string, PinnedContext>>>> = {
  w3c: {
    "https://www.w3.org/ns/credentials/v2": {
      file: "credentials-v2.json",
      sha256: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
      load: async () => import("./files/credentials-v2.json", { with: { type: "json" } }),
    },
    "https://www.w3.org/2018/credentials/v1": {
      file: "credentials-v1.json",
      sha256: "3d0b277522ed24385c850b9882b9688687189b8f37a9bd9f1577e348b1019c44",
      load: async () => import("./files/credentials-v1.json", { with: { type: "json" } }),
    },
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": {
      file: "ob-v3p0-3.0.3.json",
      sha256: "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
      load: async () => import("./files/ob-v3p0-3.0.3.json", { with: { type: "json" } }),
    },
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": {
      file: "ob-v3p0-3.0.2.json",
      sha256: "bba433989e1e700ca60838a3c22378e7d8381aeb0c9590f9ddf84d1714f10296",
      load: async () => import("./files/ob-v3p0-3.0.2.json", { with: { type: "json" } }),
    },
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": {
      file: "ob-v3p0-3.0.1.json",
      sha256: "cfc147db5fd5e3575b06bd471fe04784e92de69296f64a351b8dff0ec3372e9c",
      load: async () => import("./files/ob-v3p0-3.0.1.json", { with: { type: "json" } }),
    },
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": {
      file: "ob-v3p0.json",
      sha256: "b077fa134d909d92c1dcd1c153f2af1b244aeb415967fdc1467d7fc5dd48ac10",
      load: async () => import("./files/ob-v3p0.json", { with: { type: "json" } }),
    },
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": {
      file: "ob-v3p0-extensions.json",
      sha256: "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3",
      load: async () => import("./files/ob-v3p0-extensions.json", { with: { type: "json" } }),
    },
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": {
      file: "clr-v2p0-2.0.1.json",
      sha256: "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
      load: async () => import("./files/clr-v2p0-2.0.1.json", { with: { type: "json" } }),
    },
    "https://purl.imsglobal.org/spec/clr/v2p0/context.json": {
      file: "clr-v2p0.json",
      sha256: "e198d7b517d74c5036434ce495086f67b10244709e9a3df9dcb7f8b1579b6167",
      load: async () => import("./files/clr-v2p0.json", { with: { type: "json" } }),
    },
    "https://w3id.org/security/data-integrity/v2": {
      file: "data-integrity-v2.json",
      sha256: "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
      load: async () => import("./files/data-integrity-v2.json", { with: { type: "json" } }),
    },
    "https://w3id.org/security/data-integrity/v1": {
      file: "data-integrity-v1.json",
      sha256: "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
      load: async () => import("./files/data-integrity-v1.json", { with: { type: "json" } }),
    },
    "https://w3id.org/security/suites/ed25519-2020/v1": {
      file: "ed25519-2020-v1.json",
      sha256: "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
      load: async () => import("./files/ed25519-2020-v1.json", { with: { type: "json" } }),
    },
    "https://www.w3.org/ns/credentials/status/v1": {
      file: "credentials-status-v1.json",
      sha256: "fda5add353231e6a6884a46b12e6c75464281900cb348284d9c360f62381d9f7",
      load: async () => import("./files/credentials-status-v1.json", { with: { type: "json" } }),
    },
    "https://w3id.org/vc/status-list/2021/v1": {
      file: "status-list-2021-v1.json",
      sha256: "6dd06a52bedb771e059c1083ba8ba7848dce22f6b4a8cfa0b98ba3fc188870e4",
      load: async () => import("./files/status-list-2021-v1.json", { with: { type: "json" } }),
    },
    "https://w3id.org/dcc/v1": {
      file: "dcc-v1.json",
      sha256: "493dd3d1b5d645cb005945d2189254b803a9c3370ad0efce88a8977019386cca",
      load: async () => import("./files/dcc-v1.json", { with: { type: "json" } }),
    },
  },
  generic: {
    "https://www.w3.org/ns/credentials/examples/v2": {
      file: "examples-v2.json",
      sha256: "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c",
      load: async () => import("./files/examples-v2.json", { with: { type: "json" } }),
    },
  },
  blockcerts: {
    "https://ns.did.ai/suites/secp256k1-2019/v1": {
      file: "secp256k1-2019.json",
      sha256: "8452efdde151151539b78d240f55cee7d9cc985bf078123ce310aa7ae04763b4",
      load: async () => import("./files/secp256k1-2019.json", { with: { type: "json" } }),
    },
    "https://openbadgespec.org/v2/context.json": {
      file: "openbadges-2.json",
      sha256: "ee8c373cb831e92f0033b7f26b61a43b2719932a20da2c396e5dad48ec429b2d",
      load: async () => import("./files/openbadges-2.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/schema/2.0-alpha/context.json": {
      file: "blockcerts-2.0-alpha.json",
      sha256: "e036a8b8a62adccf6a35c4c56ff085aecb7d826cfca377a27e3215cacef72fb4",
      load: async () => import("./files/blockcerts-2.0-alpha.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/schema/2.0/context.json": {
      file: "blockcerts-2.0.json",
      sha256: "9aeb82c65913f2b727170778a81b9f882254b12d4b66c7aca1c8ee4765d4fc57",
      load: async () => import("./files/blockcerts-2.0.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/schema/2.1/context.json": {
      file: "blockcerts-2.1.json",
      sha256: "3c0621311db8d15a6aee9921a641d75d3cb72ebc296ff2c6d11597f23e4615b5",
      load: async () => import("./files/blockcerts-2.1.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/schema/3.0-alpha/context.json": {
      file: "blockcerts-3.0-alpha.json",
      sha256: "a2b4ac711db0aab7e849b883c537fea4468adaa75777a0004ab50e152cdf852a",
      load: async () => import("./files/blockcerts-3.0-alpha.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/schema/3.0-beta/context.json": {
      file: "blockcerts-3.0-beta.json",
      sha256: "23caf3aaa35cefdf6444550bb39edb1eaf2d12d2d0128aab56322ad6a592e2b7",
      load: async () => import("./files/blockcerts-3.0-beta.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/schema/3.0/context.json": {
      file: "blockcerts-3.0.json",
      sha256: "7b5a4f9771640918b6e3169af29374b38a9f914dcfed77675db7944c8f1a1152",
      load: async () => import("./files/blockcerts-3.0.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/schema/3.1/context.json": {
      file: "blockcerts-3.1.json",
      sha256: "2fc073679f0e05bba5984a3110c0bfcfbc9401c2a5874115e9a9bb12204001f3",
      load: async () => import("./files/blockcerts-3.1.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/schema/3.2/context.json": {
      file: "blockcerts-3.2.json",
      sha256: "fa5afe993720de6d030dc78cb8d33085e4e8a58704e26c8eefa536f4ab7b9731",
      load: async () => import("./files/blockcerts-3.2.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/v2": {
      file: "blockcerts-2.0.json",
      sha256: "9aeb82c65913f2b727170778a81b9f882254b12d4b66c7aca1c8ee4765d4fc57",
      load: async () => import("./files/blockcerts-2.0.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/v2.1": {
      file: "blockcerts-2.1.json",
      sha256: "3c0621311db8d15a6aee9921a641d75d3cb72ebc296ff2c6d11597f23e4615b5",
      load: async () => import("./files/blockcerts-2.1.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/v3": {
      file: "blockcerts-3.0.json",
      sha256: "7b5a4f9771640918b6e3169af29374b38a9f914dcfed77675db7944c8f1a1152",
      load: async () => import("./files/blockcerts-3.0.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/v3.0-alpha": {
      file: "blockcerts-3.0-alpha.json",
      sha256: "a2b4ac711db0aab7e849b883c537fea4468adaa75777a0004ab50e152cdf852a",
      load: async () => import("./files/blockcerts-3.0-alpha.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/v3.0-beta": {
      file: "blockcerts-3.0-beta.json",
      sha256: "23caf3aaa35cefdf6444550bb39edb1eaf2d12d2d0128aab56322ad6a592e2b7",
      load: async () => import("./files/blockcerts-3.0-beta.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/v3.1": {
      file: "blockcerts-3.1.json",
      sha256: "2fc073679f0e05bba5984a3110c0bfcfbc9401c2a5874115e9a9bb12204001f3",
      load: async () => import("./files/blockcerts-3.1.json", { with: { type: "json" } }),
    },
    "https://w3id.org/blockcerts/v3.2": {
      file: "blockcerts-3.2.json",
      sha256: "fa5afe993720de6d030dc78cb8d33085e4e8a58704e26c8eefa536f4ab7b9731",
      load: async () => import("./files/blockcerts-3.2.json", { with: { type: "json" } }),
    },
    "https://w3id.org/openbadges/v2": {
      file: "openbadges-2.json",
      sha256: "ee8c373cb831e92f0033b7f26b61a43b2719932a20da2c396e5dad48ec429b2d",
      load: async () => import("./files/openbadges-2.json", { with: { type: "json" } }),
    },
    "https://w3id.org/security/data-integrity/v2": {
      file: "data-integrity-v2.json",
      sha256: "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
      load: async () => import("./files/data-integrity-v2.json", { with: { type: "json" } }),
    },
    "https://w3id.org/security/suites/chained-2021/v1": {
      file: "chained-2021.json",
      sha256: "d92de480e9478a76ba64a67209e15b4746758e0f28f074a4b5dc5ac8a684073d",
      load: async () => import("./files/chained-2021.json", { with: { type: "json" } }),
    },
    "https://w3id.org/security/suites/ed25519-2020/v1": {
      file: "ed25519-2020-v1.json",
      sha256: "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
      load: async () => import("./files/ed25519-2020-v1.json", { with: { type: "json" } }),
    },
    "https://w3id.org/security/suites/jws-2020/v1": {
      file: "jws-2020.json",
      sha256: "00ee65bb7307f9a01c3170b823083b0d4de68223520834b2c5eb7a09bae5dea6",
      load: async () => import("./files/jws-2020.json", { with: { type: "json" } }),
    },
    "https://w3id.org/security/suites/merkle-2019/v1": {
      file: "merkle-2019.json",
      sha256: "953b934ec954fab06c3d48e524ac66f0f66531b86fa91330f66e8fc4ba536ff4",
      load: async () => import("./files/merkle-2019.json", { with: { type: "json" } }),
    },
    "https://w3id.org/security/suites/secp256k1-2019/v1": {
      file: "secp256k1-2019.json",
      sha256: "8452efdde151151539b78d240f55cee7d9cc985bf078123ce310aa7ae04763b4",
      load: async () => import("./files/secp256k1-2019.json", { with: { type: "json" } }),
    },
    "https://w3id.org/vc/status-list/2021/v1": {
      file: "status-list-2021-v1.json",
      sha256: "6dd06a52bedb771e059c1083ba8ba7848dce22f6b4a8cfa0b98ba3fc188870e4",
      load: async () => import("./files/status-list-2021-v1.json", { with: { type: "json" } }),
    },
    "https://www.blockcerts.org/schema/2.0-alpha/context.json": {
      file: "blockcerts-2.0-alpha.json",
      sha256: "e036a8b8a62adccf6a35c4c56ff085aecb7d826cfca377a27e3215cacef72fb4",
      load: async () => import("./files/blockcerts-2.0-alpha.json", { with: { type: "json" } }),
    },
    "https://www.blockcerts.org/schema/2.0/context.json": {
      file: "blockcerts-2.0.json",
      sha256: "9aeb82c65913f2b727170778a81b9f882254b12d4b66c7aca1c8ee4765d4fc57",
      load: async () => import("./files/blockcerts-2.0.json", { with: { type: "json" } }),
    },
    "https://www.blockcerts.org/schema/2.1/context.json": {
      file: "blockcerts-2.1.json",
      sha256: "3c0621311db8d15a6aee9921a641d75d3cb72ebc296ff2c6d11597f23e4615b5",
      load: async () => import("./files/blockcerts-2.1.json", { with: { type: "json" } }),
    },
    "https://www.blockcerts.org/schema/3.0-alpha/context.json": {
      file: "blockcerts-3.0-alpha.json",
      sha256: "a2b4ac711db0aab7e849b883c537fea4468adaa75777a0004ab50e152cdf852a",
      load: async () => import("./files/blockcerts-3.0-alpha.json", { with: { type: "json" } }),
    },
    "https://www.blockcerts.org/schema/3.0-beta/context.json": {
      file: "blockcerts-3.0-beta.json",
      sha256: "23caf3aaa35cefdf6444550bb39edb1eaf2d12d2d0128aab56322ad6a592e2b7",
      load: async () => import("./files/blockcerts-3.0-beta.json", { with: { type: "json" } }),
    },
    "https://www.blockcerts.org/schema/3.0/context.json": {
      file: "blockcerts-3.0.json",
      sha256: "7b5a4f9771640918b6e3169af29374b38a9f914dcfed77675db7944c8f1a1152",
      load: async () => import("./files/blockcerts-3.0.json", { with: { type: "json" } }),
    },
    "https://www.blockcerts.org/schema/3.1/context.json": {
      file: "blockcerts-3.1.json",
      sha256: "2fc073679f0e05bba5984a3110c0bfcfbc9401c2a5874115e9a9bb12204001f3",
      load: async () => import("./files/blockcerts-3.1.json", { with: { type: "json" } }),
    },
    "https://www.blockcerts.org/schema/3.2/context.json": {
      file: "blockcerts-3.2.json",
      sha256: "fa5afe993720de6d030dc78cb8d33085e4e8a58704e26c8eefa536f4ab7b9731",
      load: async () => import("./files/blockcerts-3.2.json", { with: { type: "json" } }),
    },
    "https://www.w3.org/2018/credentials/examples/v1": {
      file: "credentials-examples-1.json",
      sha256: "f2134e4eac9d84f501c815594dc54b0319374add531fa0518ccb92958b078a60",
      load: async () => import("./files/credentials-examples-1.json", { with: { type: "json" } }),
    },
    "https://www.w3.org/2018/credentials/v1": {
      file: "credentials-1.json",
      sha256: "69c427a1bb17bc8359ac02a911b6d03d2fcf2219602da1e2450b28b9294b94db",
      load: async () => import("./files/credentials-1.json", { with: { type: "json" } }),
    },
    "https://www.w3.org/ns/cid/v1": {
      file: "cid-1.json",
      sha256: "61dc4b1cf0b1a3bb24c32d0b46ceca5a13649ff858296300d64f9cd3c9fe2873",
      load: async () => import("./files/cid-1.json", { with: { type: "json" } }),
    },
    "https://www.w3.org/ns/credentials/v2": {
      file: "credentials-v2.json",
      sha256: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
      load: async () => import("./files/credentials-v2.json", { with: { type: "json" } }),
    },
    "https://www.w3.org/ns/did/v1": {
      file: "did-1.json",
      sha256: "4f3eae5568c9c5f036a082088f9e192019ee06faa78973c87ff91d5421b88dad",
      load: async () => import("./files/did-1.json", { with: { type: "json" } }),
    },
    "https://www.w3.org/ns/odrl.jsonld": {
      file: "odrl.json",
      sha256: "06e7c9a24ed12fdb4b9ca26dae674b5415eb7d4ac69b8c5878dc293bba207d9a",
      load: async () => import("./files/odrl.json", { with: { type: "json" } }),
    },
  },
};
