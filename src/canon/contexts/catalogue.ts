/** Every JSON-LD context we accept. Written by `scripts/bundle-contexts.ts`; origins in `LICENCES.md`. */

import type { ContextSet, PinnedContext } from "./context-set.ts";

/** By file name. A context is loaded when it is first asked for; a test holds every file to its hashes. */
export const FILES: Readonly<Record<string, PinnedContext>> = {
  "credentials-v2.json": {
    sha256: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    sha384: "97f1eb8e5042356c805fdd61afa2c557663785e0794dcafa21e138fd38def18cb360133c221aa31d6896a6bf3e65b614",
    load: async () => import("./files/credentials-v2.json", { with: { type: "json" } }),
  },
  "credentials-v1.json": {
    sha256: "3d0b277522ed24385c850b9882b9688687189b8f37a9bd9f1577e348b1019c44",
    sha384: "62ef084c85132c588119f7344fa7fb05dced9b44f7e4afee331b92e0131f3db4500f544cb81f6cc3d4471f0444e6e11d",
    load: async () => import("./files/credentials-v1.json", { with: { type: "json" } }),
  },
  "ob-v3p0-3.0.3.json": {
    sha256: "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    sha384: "c58d73edcd2c17e701985f918cc8c684485f2c5399ffbddcacb3de5744f090000f244e5f87292c353298accfb0d894e3",
    load: async () => import("./files/ob-v3p0-3.0.3.json", { with: { type: "json" } }),
  },
  "ob-v3p0-3.0.2.json": {
    sha256: "bba433989e1e700ca60838a3c22378e7d8381aeb0c9590f9ddf84d1714f10296",
    sha384: "a447b31e8f6e866d8c6df41f661928823571bd09cd6cd0547ac2fbf5dfca199f5b14ae28b2af2b87c74d3ec1d3e6d32d",
    load: async () => import("./files/ob-v3p0-3.0.2.json", { with: { type: "json" } }),
  },
  "ob-v3p0-3.0.1.json": {
    sha256: "cfc147db5fd5e3575b06bd471fe04784e92de69296f64a351b8dff0ec3372e9c",
    sha384: "acb8cd4635c55885ecc89f33a25dd1750774228b2332e1e46b18f42bcef043aece48cb014416cd087c5762ac09134493",
    load: async () => import("./files/ob-v3p0-3.0.1.json", { with: { type: "json" } }),
  },
  "ob-v3p0.json": {
    sha256: "b077fa134d909d92c1dcd1c153f2af1b244aeb415967fdc1467d7fc5dd48ac10",
    sha384: "cc77157457841319e05ab0d9657fe144150a626c1f0fd89c0e639f58d468edb5513597d9f14459310c86ec6b975b74cc",
    load: async () => import("./files/ob-v3p0.json", { with: { type: "json" } }),
  },
  "ob-v3p0-extensions.json": {
    sha256: "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3",
    sha384: "cf59a4b4b190ae798814ab6bc911c02efde291c386aed1bb11bd5a572d1eb2669bfd87019e994388db504a09ac244d5e",
    load: async () => import("./files/ob-v3p0-extensions.json", { with: { type: "json" } }),
  },
  "clr-v2p0-2.0.1.json": {
    sha256: "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
    sha384: "a846ad923699c67df5d09324134c645d1e15f4429f248856cbf1ca8967764cf8741476ea557dd505c891fe47e2487a1d",
    load: async () => import("./files/clr-v2p0-2.0.1.json", { with: { type: "json" } }),
  },
  "clr-v2p0.json": {
    sha256: "e198d7b517d74c5036434ce495086f67b10244709e9a3df9dcb7f8b1579b6167",
    sha384: "2abca41440ff4aa4e6e2ae0c00851e7110a9b15f6d519561ae8c83e6b1a4f5e894313c72b60086709f03f36a5c67ceff",
    load: async () => import("./files/clr-v2p0.json", { with: { type: "json" } }),
  },
  "data-integrity-v2.json": {
    sha256: "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    sha384: "0ee2d7626717f8b07cd449b525d5e2b71fe27209fc99e53089e0169dd2944d793feea4526fc60bb9cca1cd96512391f6",
    load: async () => import("./files/data-integrity-v2.json", { with: { type: "json" } }),
  },
  "data-integrity-v1.json": {
    sha256: "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
    sha384: "1f7b51154c2cb596b804d3eedeabb7678c7ea4d36f5201496a681dbd868d5dc0cb90a8839f5142ccdc91fdb92c5adcf2",
    load: async () => import("./files/data-integrity-v1.json", { with: { type: "json" } }),
  },
  "ed25519-2020-v1.json": {
    sha256: "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
    sha384: "098b18f472b842cfa7520364d4062aa3c97896c17a6a5ae72e6bfb509641e64eed96156b35f7771283dfd3a53ccd79d1",
    load: async () => import("./files/ed25519-2020-v1.json", { with: { type: "json" } }),
  },
  "credentials-status-v1.json": {
    sha256: "fda5add353231e6a6884a46b12e6c75464281900cb348284d9c360f62381d9f7",
    sha384: "ac0ef813833ebd666b6170a61c5adacc6d7d2f5a040d16c2928e8414d4fa07f64d70313021e02bf4f97bdd123ed9a84e",
    load: async () => import("./files/credentials-status-v1.json", { with: { type: "json" } }),
  },
  "status-list-2021-v1.json": {
    sha256: "6dd06a52bedb771e059c1083ba8ba7848dce22f6b4a8cfa0b98ba3fc188870e4",
    sha384: "39cf407ecaeb587a59e2e367384219d14e52d5997624ce61bbc9af4a7e4e3f6205e5d100b4c4e6fd1e19bc37046c5194",
    load: async () => import("./files/status-list-2021-v1.json", { with: { type: "json" } }),
  },
  "dcc-v1.json": {
    sha256: "493dd3d1b5d645cb005945d2189254b803a9c3370ad0efce88a8977019386cca",
    sha384: "9c42d4d8289f9352e6f254e0bd3ed508fe0aa97ca2c4680559206b56ad7b49b7120455e02a5b03468a0ecbfe91137e90",
    load: async () => import("./files/dcc-v1.json", { with: { type: "json" } }),
  },
  "examples-v2.json": {
    sha256: "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c",
    sha384: "ccd35b4135824944a2d1b6f3edd6ee6be45c10dbfb0ba16f966609d58f88ef6ec7b0f387773c042cc60ef4ccfaf0cdba",
    load: async () => import("./files/examples-v2.json", { with: { type: "json" } }),
  },
  "secp256k1-2019.json": {
    sha256: "8452efdde151151539b78d240f55cee7d9cc985bf078123ce310aa7ae04763b4",
    sha384: "5a8bbec34e760f9bdaf08b5ecbc5ecf8facd670fe80ebc804adc19ed7f0793a8fe0760967fdb9db2f24dac4e000610e6",
    load: async () => import("./files/secp256k1-2019.json", { with: { type: "json" } }),
  },
  "openbadges-2.json": {
    sha256: "ee8c373cb831e92f0033b7f26b61a43b2719932a20da2c396e5dad48ec429b2d",
    sha384: "1de63a80f1f4ae4f3810c5bab616feab8dde402d4d75e32673bcbeeac2be11acf1371dd03eb87e7cc47fbd953a14f559",
    load: async () => import("./files/openbadges-2.json", { with: { type: "json" } }),
  },
  "blockcerts-2.0-alpha.json": {
    sha256: "e036a8b8a62adccf6a35c4c56ff085aecb7d826cfca377a27e3215cacef72fb4",
    sha384: "24e003e845387f6286bbe057921c40f118469d217878f7e8c205f1974b56d1c54abe5a32212134c88bf726ef16c2c8ef",
    load: async () => import("./files/blockcerts-2.0-alpha.json", { with: { type: "json" } }),
  },
  "blockcerts-2.0.json": {
    sha256: "9aeb82c65913f2b727170778a81b9f882254b12d4b66c7aca1c8ee4765d4fc57",
    sha384: "ad0c2d8299d1bb46ff6f79931826c9e45b86a3ae25dc4c9870badfa1f892cf7895de2698f744b59fc9bed4a3ad50073c",
    load: async () => import("./files/blockcerts-2.0.json", { with: { type: "json" } }),
  },
  "blockcerts-2.1.json": {
    sha256: "3c0621311db8d15a6aee9921a641d75d3cb72ebc296ff2c6d11597f23e4615b5",
    sha384: "c5feb613180ede9b0dcfc3c5d7270289b02fd9769fd1f3d956d70353784b4b88b92fe5e6a0314fc9c868d380ee7a1dd5",
    load: async () => import("./files/blockcerts-2.1.json", { with: { type: "json" } }),
  },
  "blockcerts-3.0-alpha.json": {
    sha256: "a2b4ac711db0aab7e849b883c537fea4468adaa75777a0004ab50e152cdf852a",
    sha384: "a60b78ea160d98bddd97eef9df8b7547f57e6331f38a7a4694d5853bb092b4af8a1727e316aa239b34cd0fbbac7433a4",
    load: async () => import("./files/blockcerts-3.0-alpha.json", { with: { type: "json" } }),
  },
  "blockcerts-3.0-beta.json": {
    sha256: "23caf3aaa35cefdf6444550bb39edb1eaf2d12d2d0128aab56322ad6a592e2b7",
    sha384: "3c4f52a862ca13ff81821400745a3d5c72f58ccad85d52dce081d83c57918ea4e24af2a67c2397f3dcdb814535825ab7",
    load: async () => import("./files/blockcerts-3.0-beta.json", { with: { type: "json" } }),
  },
  "blockcerts-3.0.json": {
    sha256: "7b5a4f9771640918b6e3169af29374b38a9f914dcfed77675db7944c8f1a1152",
    sha384: "62c4ed579f4ea1f8926018555d2576fd3cc80586739f9a0bdee1d94f6fe318ad1f36e1448369b1346f200f69ecddc4d2",
    load: async () => import("./files/blockcerts-3.0.json", { with: { type: "json" } }),
  },
  "blockcerts-3.1.json": {
    sha256: "2fc073679f0e05bba5984a3110c0bfcfbc9401c2a5874115e9a9bb12204001f3",
    sha384: "b5f2d8171945e95ef1859da850a94cf4ddca621af31110abd2b0e47fe2cf45e4e9cf21e8d8fb6b1896d5ff46e691bafa",
    load: async () => import("./files/blockcerts-3.1.json", { with: { type: "json" } }),
  },
  "blockcerts-3.2.json": {
    sha256: "fa5afe993720de6d030dc78cb8d33085e4e8a58704e26c8eefa536f4ab7b9731",
    sha384: "506656c8c589a4ece04fd3980645a5e843b31df1e58903c795464773e9cac97f1768c72ad52dee1ced0683d2b15862b3",
    load: async () => import("./files/blockcerts-3.2.json", { with: { type: "json" } }),
  },
  "chained-2021.json": {
    sha256: "d92de480e9478a76ba64a67209e15b4746758e0f28f074a4b5dc5ac8a684073d",
    sha384: "2a06f37ec2f26b57c92555edb44f8e42f7900560412307bd372abb09aed5e6cd87dc5e36739678c651877f8a18f0efd0",
    load: async () => import("./files/chained-2021.json", { with: { type: "json" } }),
  },
  "jws-2020.json": {
    sha256: "00ee65bb7307f9a01c3170b823083b0d4de68223520834b2c5eb7a09bae5dea6",
    sha384: "f8dc43fa28b549c42cfda020964bb7c2a5ac1bd42f490d3ccde04cca0b2443a76d8faa95689777843c2623a48e6f7f3c",
    load: async () => import("./files/jws-2020.json", { with: { type: "json" } }),
  },
  "merkle-2019.json": {
    sha256: "953b934ec954fab06c3d48e524ac66f0f66531b86fa91330f66e8fc4ba536ff4",
    sha384: "87bc529c0f1b0ca95e3d790f1645433de993b1bd4a3b174bd72e6409bb7371ee48ba2660fc266c28d45e26e110dc7865",
    load: async () => import("./files/merkle-2019.json", { with: { type: "json" } }),
  },
  "credentials-examples-1.json": {
    sha256: "f2134e4eac9d84f501c815594dc54b0319374add531fa0518ccb92958b078a60",
    sha384: "d264da9df1b1673106ae56cb72838740ff383e0cd613d0e77a636b0100cde1627ca58dd72d2553f9e1282179b3c2084d",
    load: async () => import("./files/credentials-examples-1.json", { with: { type: "json" } }),
  },
  "credentials-1.json": {
    sha256: "69c427a1bb17bc8359ac02a911b6d03d2fcf2219602da1e2450b28b9294b94db",
    sha384: "0699ed81abc9c14eb5cf418a1215aafb57e713d130774fadc8015a38f3ba1f167d325b84aeee793045fa12e375ac83f8",
    load: async () => import("./files/credentials-1.json", { with: { type: "json" } }),
  },
  "cid-1.json": {
    sha256: "61dc4b1cf0b1a3bb24c32d0b46ceca5a13649ff858296300d64f9cd3c9fe2873",
    sha384: "2205978cbe6679d78413ff0b4b2dbbb28b49d7e01950577fadc284679479461894703bdeb0dcf10652ed08b2a31afb60",
    load: async () => import("./files/cid-1.json", { with: { type: "json" } }),
  },
  "did-1.json": {
    sha256: "4f3eae5568c9c5f036a082088f9e192019ee06faa78973c87ff91d5421b88dad",
    sha384: "75f4decf8174a6f2d40c0ddbd8cdfb4300ead2466db4932259a483a6e11774932f15880786e1fbc16c4b399f9891b92b",
    load: async () => import("./files/did-1.json", { with: { type: "json" } }),
  },
  "odrl.json": {
    sha256: "06e7c9a24ed12fdb4b9ca26dae674b5415eb7d4ac69b8c5878dc293bba207d9a",
    sha384: "3345d223141bf59c62d9a53a2a5bdea2c3e1c7a6ce86b321b99fb28a28141c2d79e6a5c3050f0f7fd88faf519131f275",
    load: async () => import("./files/odrl.json", { with: { type: "json" } }),
  },
};

/** The file at each address, by set. */
export const ADDRESSES: Readonly<Record<ContextSet, Readonly<Record<string, string>>>> = {
  w3c: {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://www.w3.org/2018/credentials/v1": "credentials-v1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "ob-v3p0-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob-v3p0-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": "ob-v3p0.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": "clr-v2p0-2.0.1.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context.json": "clr-v2p0.json",
    "https://w3id.org/security/data-integrity/v2": "data-integrity-v2.json",
    "https://w3id.org/security/data-integrity/v1": "data-integrity-v1.json",
    "https://w3id.org/security/suites/ed25519-2020/v1": "ed25519-2020-v1.json",
    "https://www.w3.org/ns/credentials/status/v1": "credentials-status-v1.json",
    "https://w3id.org/vc/status-list/2021/v1": "status-list-2021-v1.json",
    "https://w3id.org/dcc/v1": "dcc-v1.json",
  },
  generic: {
    "https://www.w3.org/ns/credentials/examples/v2": "examples-v2.json",
  },
  blockcerts: {
    "https://ns.did.ai/suites/secp256k1-2019/v1": "secp256k1-2019.json",
    "https://openbadgespec.org/v2/context.json": "openbadges-2.json",
    "https://w3id.org/blockcerts/schema/2.0-alpha/context.json": "blockcerts-2.0-alpha.json",
    "https://w3id.org/blockcerts/schema/2.0/context.json": "blockcerts-2.0.json",
    "https://w3id.org/blockcerts/schema/2.1/context.json": "blockcerts-2.1.json",
    "https://w3id.org/blockcerts/schema/3.0-alpha/context.json": "blockcerts-3.0-alpha.json",
    "https://w3id.org/blockcerts/schema/3.0-beta/context.json": "blockcerts-3.0-beta.json",
    "https://w3id.org/blockcerts/schema/3.0/context.json": "blockcerts-3.0.json",
    "https://w3id.org/blockcerts/schema/3.1/context.json": "blockcerts-3.1.json",
    "https://w3id.org/blockcerts/schema/3.2/context.json": "blockcerts-3.2.json",
    "https://w3id.org/blockcerts/v2": "blockcerts-2.0.json",
    "https://w3id.org/blockcerts/v2.1": "blockcerts-2.1.json",
    "https://w3id.org/blockcerts/v3": "blockcerts-3.0.json",
    "https://w3id.org/blockcerts/v3.0-alpha": "blockcerts-3.0-alpha.json",
    "https://w3id.org/blockcerts/v3.0-beta": "blockcerts-3.0-beta.json",
    "https://w3id.org/blockcerts/v3.1": "blockcerts-3.1.json",
    "https://w3id.org/blockcerts/v3.2": "blockcerts-3.2.json",
    "https://w3id.org/openbadges/v2": "openbadges-2.json",
    "https://w3id.org/security/data-integrity/v2": "data-integrity-v2.json",
    "https://w3id.org/security/suites/chained-2021/v1": "chained-2021.json",
    "https://w3id.org/security/suites/ed25519-2020/v1": "ed25519-2020-v1.json",
    "https://w3id.org/security/suites/jws-2020/v1": "jws-2020.json",
    "https://w3id.org/security/suites/merkle-2019/v1": "merkle-2019.json",
    "https://w3id.org/security/suites/secp256k1-2019/v1": "secp256k1-2019.json",
    "https://w3id.org/vc/status-list/2021/v1": "status-list-2021-v1.json",
    "https://www.blockcerts.org/schema/2.0-alpha/context.json": "blockcerts-2.0-alpha.json",
    "https://www.blockcerts.org/schema/2.0/context.json": "blockcerts-2.0.json",
    "https://www.blockcerts.org/schema/2.1/context.json": "blockcerts-2.1.json",
    "https://www.blockcerts.org/schema/3.0-alpha/context.json": "blockcerts-3.0-alpha.json",
    "https://www.blockcerts.org/schema/3.0-beta/context.json": "blockcerts-3.0-beta.json",
    "https://www.blockcerts.org/schema/3.0/context.json": "blockcerts-3.0.json",
    "https://www.blockcerts.org/schema/3.1/context.json": "blockcerts-3.1.json",
    "https://www.blockcerts.org/schema/3.2/context.json": "blockcerts-3.2.json",
    "https://www.w3.org/2018/credentials/examples/v1": "credentials-examples-1.json",
    "https://www.w3.org/2018/credentials/v1": "credentials-1.json",
    "https://www.w3.org/ns/cid/v1": "cid-1.json",
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://www.w3.org/ns/did/v1": "did-1.json",
    "https://www.w3.org/ns/odrl.jsonld": "odrl.json",
  },
};
