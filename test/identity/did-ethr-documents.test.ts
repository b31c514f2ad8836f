/** What a did:ethr lists, and when: every kind of change, every way in which a registry or a node can contradict itself. */

import { expect } from "chai";

import type { Hex } from "../../src/core/bytes.ts";
import { toEd25519PublicKey } from "../../src/core/ed25519.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import { fromHex, toHex } from "../../src/core/bytes.ts";
import { findMultibase58 } from "../../src/core/base58.ts";
import type { AnchorMoment, ContractEvent } from "../../src/core/ports/chain.ts";
import type { DidDocument } from "../../src/identity/did-document.ts";
import { openDidEthrDocuments } from "../../src/identity/did-ethr-documents.ts";
import {
  DID_REGISTRY,
  eventOf,
  fakeDidChain,
  registryAfter,
  returned,
  returnedNumber,
  timeOfBlock,
  type FakeRegistry,
  type Happening,
} from "../support/fake-did-registry.ts";

const ACCOUNT: Hex = "0xe712878f6e8d5d4f9e87e10da604f9cb564c9a89";
const OTHER: Hex = `0x${"77".repeat(20)}`;
const THIRD: Hex = `0x${"88".repeat(20)}`;
const NOBODY: Hex = `0x${"0".repeat(40)}`;
const DID = `did:ethr:0x539:${ACCOUNT}`;
const ETHR = { chainId: 1337, account: ACCOUNT } as const;
const EVER = 4_000_000_000;

const ED25519 = toEd25519PublicKey(new Uint8Array(32).fill(7));
/** The generator of the curve, compressed, and the account of that key (the secret key 1). */
const SECP256K1: Hex = "0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
const ACCOUNT_OF_ONE = "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf";

/** The moment at a block of the DID's own chain. */
const at = (block: number): AnchorMoment => ({ chainId: 1337, block, time: timeOfBlock(block) });
const secondsAt = (block: number): number => Date.parse(timeOfBlock(block)) / 1000;

async function ask(registry: FakeRegistry, moment?: AnchorMoment) {
  const documents = openDidEthrDocuments({ chain: fakeDidChain(registry), registries: { 1337: DID_REGISTRY } });
  return documents.documentOf(DID, ETHR, moment);
}

async function documentAfter(happenings: readonly Happening[], moment?: AnchorMoment): Promise<DidDocument> {
  const answer = await ask(registryAfter(ACCOUNT, happenings), moment);
  if (answer.kind === "silent") throw new Error(answer.reason);
  return answer.value;
}

/** `<name> <account, or nothing> <a: may assert, s: may show who one is>` of each method. */
async function methodsAfter(happenings: readonly Happening[], moment?: AnchorMoment): Promise<readonly string[]> {
  const { methods, listed } = await documentAfter(happenings, moment);
  return methods.map(({ id, account, publicKey }) => {
    const uses = [listed.assertionMethod.includes(id) ? "a" : "", listed.authentication.includes(id) ? "s" : ""];
    return `${id.slice(DID.length)} ${account?.address ?? publicKey?.curve ?? "nothing"} ${uses.join("")}`;
  });
}

describe("the document of a did:ethr", () => {
  it("is the account alone while nothing was changed", async () => {
    expect(await methodsAfter([])).to.deep.equal([`#controller ${ACCOUNT} as`]);
  });

  it("has the last one to whom it was handed over as its controller", async () => {
    const happenings = [
      { block: 3, owner: OTHER },
      { block: 5, owner: THIRD },
    ];
    expect(await methodsAfter(happenings)).to.deep.equal([`#controller ${THIRD} as`]);
  });

  it("lists delegates, for showing who one is only where they were added for that", async () => {
    const happenings = [
      { block: 3, delegate: OTHER, type: "veriKey", validTo: EVER },
      { block: 3, delegate: THIRD, type: "sigAuth", validTo: EVER },
      { block: 4, delegate: THIRD, type: "somethingElse", validTo: EVER },
      { block: 5, delegate: THIRD, type: "veriKey", validTo: EVER },
    ];
    expect(await methodsAfter(happenings)).to.deep.equal([
      `#controller ${ACCOUNT} as`,
      `#delegate-1 ${OTHER} a`,
      `#delegate-2 ${THIRD} as`,
      `#delegate-4 ${THIRD} a`,
    ]);
  });

  it("lists keys of the curves that are known, and others as something that cannot have signed", async () => {
    const multikey = toHex(findMultibase58(toMultikey({ curve: "Ed25519", bytes: ED25519 })) ?? new Uint8Array());
    const keys: readonly [string, Hex][] = [
      ["did/pub/Ed25519/veriKey/base64", toHex(ED25519)],
      ["did/pub/Secp256k1/sigAuth/hex", SECP256K1],
      ["did/pub/Multikey/veriKey", multikey],
      ["did/pub/Multikey/veriKey/x", `0xe701${SECP256K1.slice(2)}`],
      ["did/pub/RSA/veriKey/pem", "0x0102"],
      ["did/pub/Ed25519/veriKey/hex", "0x0102"],
      ["did/pub/Ed25519/enc/base64", toHex(ED25519)],
      ["did/svc/Hub", "0x0102"],
      ["did/pub/a b", "0x0102"],
      ["\u{feff}did/pub/Ed25519/veriKey", toHex(ED25519)],
      ["did/pub/Ed25519/veriKey", toHex(ED25519)],
    ];
    const happenings = keys.map(([name, value]) => ({ block: 4, name, value, validTo: EVER }));
    expect(await methodsAfter(happenings)).to.deep.equal([
      `#controller ${ACCOUNT} as`,
      "#delegate-1 Ed25519 a",
      `#delegate-2 ${ACCOUNT_OF_ONE} as`,
      "#delegate-3 Ed25519 a",
      `#delegate-4 ${ACCOUNT_OF_ONE} a`,
      "#delegate-5 nothing a",
      "#delegate-6 nothing a",
      "#delegate-7 Ed25519 ",
      "#delegate-8 Ed25519 a",
    ]);
  });

  it("leaves out what has ended, keeps its number, and gives a new one to what is added again", async () => {
    const happenings = [
      { block: 3, delegate: OTHER, type: "veriKey", validTo: EVER },
      { block: 4, name: "did/pub/Ed25519/veriKey/base64", value: toHex(ED25519), validTo: secondsAt(6) },
      { block: 5, delegate: OTHER, type: "veriKey", validTo: secondsAt(5) },
      { block: 7, delegate: OTHER, type: "veriKey", validTo: EVER },
    ];
    expect(await methodsAfter(happenings)).to.deep.equal([`#controller ${ACCOUNT} as`, `#delegate-4 ${OTHER} a`]);
  });

  it("is empty once it was given up, whatever was added afterwards", async () => {
    const happenings = [
      { block: 3, owner: NOBODY },
      { block: 4, delegate: OTHER, type: "veriKey", validTo: EVER },
    ];
    expect(await methodsAfter(happenings)).to.deep.equal([]);
  });

  describe("as of a moment", () => {
    const happenings = [
      { block: 3, delegate: OTHER, type: "veriKey", validTo: EVER },
      { block: 5, delegate: OTHER, type: "veriKey", validTo: secondsAt(5) - 1 },
      { block: 5, owner: THIRD },
      { block: 6, name: "did/pub/Ed25519/veriKey/base64", value: toHex(ED25519), validTo: secondsAt(8) },
      { block: 7, owner: NOBODY },
    ];
    const expected: readonly [number, readonly string[]][] = [
      [2, [`#controller ${ACCOUNT} as`]],
      [3, [`#controller ${ACCOUNT} as`, `#delegate-1 ${OTHER} a`]],
      [4, [`#controller ${ACCOUNT} as`, `#delegate-1 ${OTHER} a`]],
      [5, [`#controller ${THIRD} as`]],
      [6, [`#controller ${THIRD} as`, "#delegate-3 Ed25519 a"]],
      [7, []],
    ];
    for (const [block, methods] of expected) {
      it(`is what it was in block ${block}`, async () => {
        expect(await methodsAfter(happenings, at(block))).to.deep.equal(methods);
      });
      it(`is what it was at the time of block ${block}, seen from another chain`, async () => {
        const moment = { chainId: 1, block: 22_000_000, time: timeOfBlock(block) };
        expect(await methodsAfter(happenings, moment)).to.deep.equal(methods);
      });
    }

    it("lists a key to the second in which it ends", async () => {
      const some = [{ block: 3, delegate: OTHER, type: "veriKey", validTo: secondsAt(6) }];
      expect(await methodsAfter(some, at(6))).to.have.length(2);
      expect(await methodsAfter(some, at(7))).to.have.length(1);
    });

    it("is not known where the events are lost, whoever controls it now", async () => {
      const lost = { ...registryAfter(ACCOUNT, [{ block: 5, owner: OTHER }]), events: {} };
      expect((await ask(lost, at(3))).kind).to.equal("silent");
    });
  });

  describe("is not known", () => {
    const handed = { block: 5, owner: OTHER } as const;
    const good = registryAfter(ACCOUNT, [{ block: 3, owner: THIRD }, handed]);
    const inBlock5 = (...events: readonly ContractEvent[]): FakeRegistry => ({
      ...good,
      events: { ...good.events, 5: { kind: "answer", value: events } },
    });
    const event = eventOf(ACCOUNT, handed, 3);
    const key = { block: 5, name: "did/pub/Ed25519/veriKey", value: toHex(ED25519), validTo: EVER } as const;
    const attribute = eventOf(ACCOUNT, key, 3);
    const replaced = (digits: string, by: string): ContractEvent => {
      expect(attribute.data).to.include(digits);
      return { ...attribute, data: attribute.data.replace(digits, by) as Hex };
    };

    const bad: readonly [string, FakeRegistry][] = [
      ["where the node lies about who controls it", { ...good, owners: { [ACCOUNT]: returned(THIRD) } }],
      ["where the last change is in a block to come", { ...good, changed: { [ACCOUNT]: returnedNumber(10) } }],
      [
        "where an earlier event is missing",
        { ...good, events: { 5: good.events[5] ?? { kind: "silent", reason: "" } } },
      ],
      ["where the node says nothing", { ...good, events: { 5: { kind: "silent", reason: "hung up" } } }],
      ["where an event leads to its own block", inBlock5(eventOf(ACCOUNT, handed, 5))],
      ["where an event leads to a later block", inBlock5(eventOf(ACCOUNT, handed, 6))],
      ["where a second event in a block does not lead to it", inBlock5(event, event)],
      ["where an event is somebody else's", inBlock5(eventOf(THIRD, handed, 3))],
      [
        "where an event is of another kind",
        inBlock5({ ...event, topics: [`0x${"ab".repeat(32)}`, event.topics[1] ?? "0x"] }),
      ],
      [
        "where an event has one topic too many",
        inBlock5({ ...event, topics: [...event.topics, event.topics[1] ?? "0x"] }),
      ],
      ["where an event has no data", inBlock5({ ...event, data: "0x" })],
      ["where an event has half a word", inBlock5({ ...event, data: event.data.slice(0, -2) as Hex })],
      ["where an event has a word too many", inBlock5({ ...event, data: `${event.data}${"0".repeat(64)}` })],
      ["where an owner is more than an address", inBlock5({ ...event, data: `0x1${event.data.slice(3)}` })],
      ["where a value is longer than its bytes", inBlock5(replaced(`${"0".repeat(62)}20`, `${"0".repeat(62)}21`))],
      ["where a value is shorter than its bytes", inBlock5(replaced(`${"0".repeat(62)}20`, `${"0".repeat(62)}1f`))],
      ["where a value claims to be huge", inBlock5(replaced(`${"0".repeat(62)}20`, "f".repeat(64)))],
      ["where a value lies elsewhere", inBlock5(replaced(`${"0".repeat(62)}80`, `${"0".repeat(62)}a0`))],
    ];
    for (const [what, registry] of bad) {
      it(what, async () => {
        expect((await ask(registry, at(9))).kind).to.equal("silent");
      });
    }

    it("where it was changed in more blocks than are looked into, and the node is not asked without end", async () => {
      const many = Array.from({ length: 41 }, (_, block) => ({ block: block + 1, owner: OTHER }));
      const chain = fakeDidChain(registryAfter(ACCOUNT, many));
      const view = async (): ReturnType<typeof chain.viewOf> => {
        const opened = await chain.viewOf(1337);
        if (opened.kind !== "view") throw new Error("no view");
        return { kind: "view", view: { ...opened.view, readAt: { ...opened.view.readAt, block: 99 } } };
      };
      const documents = openDidEthrDocuments({ chain: { viewOf: view }, registries: { 1337: DID_REGISTRY } });
      expect((await documents.documentOf(DID, ETHR, at(3))).kind).to.equal("silent");
      expect(chain.asked.filter((one) => one.includes("@"))).to.have.length(40);
    });

    it("where the node cannot tell the time of a change, seen from another chain", async () => {
      const chain = fakeDidChain(good);
      const viewOf = async (): ReturnType<typeof chain.viewOf> => {
        const opened = await chain.viewOf(1337);
        if (opened.kind !== "view") throw new Error("no view");
        return { kind: "view", view: { ...opened.view, timeOf: async () => ({ kind: "silent", reason: "pruned" }) } };
      };
      const documents = openDidEthrDocuments({ chain: { viewOf }, registries: { 1337: DID_REGISTRY } });
      const moment = { chainId: 1, block: 22_000_000, time: timeOfBlock(4) };
      expect((await documents.documentOf(DID, ETHR, moment)).kind).to.equal("silent");
    });
  });

  it("shows bytes of keys as they are on record", async () => {
    const some = [{ block: 3, name: "did/pub/Ed25519/veriKey", value: toHex(ED25519), validTo: EVER }];
    const { methods } = await documentAfter(some);
    expect(toHex(methods[1]?.publicKey?.bytes ?? fromHex("0x"))).to.equal(toHex(ED25519));
  });
});
