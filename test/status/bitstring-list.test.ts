/** Entries and lists together: what is read out of which list for which purpose, and what is refused by which name. */

import { expect } from "chai";

import type { Json, JsonObject } from "../../src/core/json.ts";
import { encodeBitstring, putValue } from "../../src/status/bitstring.ts";
import { readBitstringEntry } from "../../src/status/bitstring-entry.ts";
import {
  DCC_LISTS,
  readBitstringStatus,
  STRICT_LISTS,
  toStatusAnswer,
  type ListProfile,
} from "../../src/status/bitstring-list.ts";
import { findJsonVectors } from "../support/vectors.ts";

const LIST = "https://uni.example/status/3";

function entryOf(changes: JsonObject = {}): JsonObject {
  return {
    type: "BitstringStatusListEntry",
    statusPurpose: "revocation",
    statusListIndex: "23",
    statusListCredential: LIST,
    ...changes,
  };
}

function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([member]) => member !== name));
}

const messages = (count: number): Json =>
  Array.from({ length: count }, (_, value) => ({ status: `0x${value.toString(16)}`, message: `meaning ${value}` }));

describe("readBitstringEntry", () => {
  it("reads an entry with all its members", () => {
    const entry = entryOf({
      id: `${LIST}#23`,
      statusSize: 2,
      statusMessage: messages(4),
      statusReference: "https://uni.example/",
    });
    expect(readBitstringEntry(entry)).to.deep.include({
      kind: "entry",
      purpose: "revocation",
      location: LIST,
      index: 23,
      size: 2,
    });
  });

  it("reads the older type, lists of types, and an index given as a number", () => {
    for (const changes of [
      { type: "StatusList2021Entry" },
      { type: ["BitstringStatusListEntry"] },
      { statusListIndex: 23 },
    ])
      expect(readBitstringEntry(entryOf(changes)).kind).to.equal("entry");
  });

  it("wants as many messages as there are values, not as there are bits", () => {
    expect(readBitstringEntry(entryOf({ statusMessage: messages(2) })).kind).to.equal("entry");
    expect(readBitstringEntry(entryOf({ statusMessage: messages(1) })).kind).to.equal("refused");
    expect(readBitstringEntry(entryOf({ statusSize: 2, statusMessage: messages(2) })).kind).to.equal("refused");
  });

  const refused: readonly [string, JsonObject][] = [
    ["another type", entryOf({ type: "RevocationList2020Status" })],
    ["no type", without(entryOf(), "type")],
    ["no purpose", without(entryOf(), "statusPurpose")],
    ["an empty purpose", entryOf({ statusPurpose: "" })],
    ["two purposes", entryOf({ statusPurpose: ["revocation", "suspension"] })],
    ["no list", without(entryOf(), "statusListCredential")],
    ["a list that is no URL", entryOf({ statusListCredential: "status/3" })],
    ["the list's address as its id", entryOf({ id: LIST })],
    ["no index", without(entryOf(), "statusListIndex")],
    ...["", "-1", "+1", "01", "1.0", "1e3", "0x17", " 23", "９", "9007199254740993"].map(
      (index): [string, JsonObject] => [`the index ${JSON.stringify(index)}`, entryOf({ statusListIndex: index })],
    ),
    ...[-1, 1.5, 2 ** 53, null, true, ["23"]].map((index): [string, JsonObject] => [
      `the index ${JSON.stringify(index)}`,
      entryOf({ statusListIndex: index }),
    ]),
    ...[0, -1, 1.5, 33, "1", null].map((size): [string, JsonObject] => [
      `the size ${JSON.stringify(size)}`,
      entryOf({ statusSize: size, statusMessage: messages(2) }),
    ]),
    ["several bits without messages", entryOf({ statusSize: 2 })],
    ["messages that are no list", entryOf({ statusMessage: {} })],
    ["a message without text", entryOf({ statusMessage: [{ status: "0x0" }, { status: "0x1", message: "set" }] })],
    [
      "a status that is no hexadecimal text",
      entryOf({
        statusMessage: [
          { status: "0", message: "" },
          { status: "1", message: "" },
        ],
      }),
    ],
    [
      "one status twice",
      entryOf({
        statusMessage: [
          { status: "0x0", message: "a" },
          { status: "0x00", message: "b" },
        ],
      }),
    ],
    [
      "a status beyond the size",
      entryOf({
        statusMessage: [
          { status: "0x0", message: "a" },
          { status: "0x2", message: "b" },
        ],
      }),
    ],
  ];
  for (const [what, entry] of refused) {
    it(`refuses ${what}`, () => {
      expect(readBitstringEntry(entry)).to.include({ kind: "refused", code: "MALFORMED_VALUE_ERROR" });
    });
  }
});

describe("readBitstringStatus", () => {
  const bits = new Uint8Array(16_384 * 2);
  let encodedList: string;

  before(async () => {
    putValue(bits, { index: 23, size: 1 }, 1);
    encodedList = await encodeBitstring(bits);
  });

  function listOf(subject: JsonObject = {}, changes: JsonObject = {}): JsonObject {
    return {
      type: ["VerifiableCredential", "BitstringStatusListCredential"],
      credentialSubject: { type: "BitstringStatusList", statusPurpose: "revocation", encodedList, ...subject },
      ...changes,
    };
  }

  /** The value that was read, or the code of the refusal. */
  async function read(
    list: JsonObject,
    entry = entryOf(),
    profile: ListProfile = STRICT_LISTS,
  ): Promise<number | string> {
    const reading = await readBitstringStatus(list, entry, profile);
    return reading.kind === "value" ? reading.value : reading.code;
  }

  it("reads the bit of the entry and no other", async () => {
    expect(await read(listOf())).to.equal(1);
    for (const index of ["22", "24", "0", "16"])
      expect(await read(listOf(), entryOf({ statusListIndex: index }))).to.equal(0);
  });

  it("reads values of several bits", async () => {
    // bit 23 is the lower half of entry 11 of two bits
    const entry = entryOf({ statusListIndex: "11", statusSize: 2, statusMessage: messages(4) });
    expect(await read(listOf(), entry)).to.equal(1);
  });

  it("accepts a list for several purposes, among them the entry's", async () => {
    expect(await read(listOf({ statusPurpose: ["suspension", "revocation"] }))).to.equal(1);
  });

  it("reads StatusList2021, whose text has no u", async () => {
    const list = listOf(
      { type: "StatusList2021", encodedList: encodedList.slice(1) },
      { type: ["StatusList2021Credential"] },
    );
    expect(await read(list, entryOf({ type: "StatusList2021Entry" }))).to.equal(1);
  });

  it("reads a bare text under the newer name, or a list without purpose, only where asked to", async () => {
    const lenient = { ...STRICT_LISTS, acceptsOlderForm: true };
    const bare = listOf({ encodedList: encodedList.slice(1) });
    expect(await read(bare)).to.equal("MALFORMED_VALUE_ERROR");
    expect(await read(bare, entryOf(), lenient)).to.equal(1);
    const list = listOf();
    const aimless = { ...list, credentialSubject: without(list["credentialSubject"] as JsonObject, "statusPurpose") };
    expect(await read(aimless)).to.equal("STATUS_VERIFICATION_ERROR");
    expect(await read(aimless, entryOf(), lenient)).to.equal(1);
    expect(await read(listOf({ statusPurpose: "suspension" }), entryOf(), lenient)).to.equal(
      "STATUS_VERIFICATION_ERROR",
    );
  });

  it("reads the lists of 1EdTech and of the DCC, the second only by its own profile", async () => {
    const testlist = findJsonVectors("w3c/1edtech-ob3/bit-string-list/testlist.json") as JsonObject | undefined;
    const folder = "w3c/dcc/statusLists/didkey-ed25519Signature2020";
    const dcc = findJsonVectors(`${folder}/e5WK8CbZ1GjycuPombrj.json`) as JsonObject | undefined;
    const typeless = findJsonVectors(`${folder}/missingBitStringType.json`) as JsonObject | undefined;
    if (testlist === undefined || dcc === undefined || typeless === undefined) return;
    expect(await read(testlist)).to.equal(1);
    expect(await read(dcc, entryOf({ statusListIndex: "6" }))).to.equal("STATUS_LIST_LENGTH_ERROR");
    expect(await read(dcc, entryOf({ statusListIndex: "6" }), DCC_LISTS)).to.equal(1);
    expect(await read(dcc, entryOf({ statusListIndex: "7" }), DCC_LISTS)).to.equal(0);
    expect(await read(typeless, entryOf(), DCC_LISTS)).to.equal("STATUS_VERIFICATION_ERROR");
  });

  const refused: readonly [string, () => JsonObject, string][] = [
    ["another purpose", () => listOf({ statusPurpose: "suspension" }), "STATUS_VERIFICATION_ERROR"],
    ["no purpose", () => listOf({ statusPurpose: null }), "STATUS_VERIFICATION_ERROR"],
    ["a credential of another type", () => listOf({}, { type: ["VerifiableCredential"] }), "STATUS_VERIFICATION_ERROR"],
    ["a subject of another type", () => listOf({ type: "StatusList2021" }), "STATUS_VERIFICATION_ERROR"],
    ["a subject of two types", () => listOf({ type: ["BitstringStatusList"] }), "STATUS_VERIFICATION_ERROR"],
    ["no subject", () => listOf({}, { credentialSubject: null }), "STATUS_VERIFICATION_ERROR"],
    ["no list", () => listOf({ encodedList: 7 }), "STATUS_VERIFICATION_ERROR"],
    ["a broken list", () => listOf({ encodedList: "uH4sI" }), "MALFORMED_VALUE_ERROR"],
  ];
  for (const [what, list, code] of refused) {
    it(`refuses ${what}`, async () => expect(await read(list())).to.equal(code));
  }

  it("refuses an index beyond the end, and a list with too few entries of that size", async () => {
    expect(await read(listOf(), entryOf({ statusListIndex: "262143" }))).to.equal(0);
    expect(await read(listOf(), entryOf({ statusListIndex: "262144" }))).to.equal("RANGE_ERROR");
    const wide = entryOf({ statusSize: 3, statusMessage: messages(8) });
    expect(await read(listOf(), wide)).to.equal("STATUS_LIST_LENGTH_ERROR");
  });

  it("refuses an entry before it looks at the list", async () => {
    expect(await read({}, entryOf({ statusListIndex: "x" }))).to.equal("MALFORMED_VALUE_ERROR");
  });

  describe("and toStatusAnswer of it", () => {
    async function answer(purpose: string, index = "23", changes: JsonObject = {}) {
      const entry = entryOf({ statusPurpose: purpose, statusListIndex: index, ...changes });
      return toStatusAnswer(await readBitstringStatus(listOf({ statusPurpose: purpose }), entry));
    }

    it("is good where the value is zero, whatever the purpose", async () => {
      for (const purpose of ["revocation", "suspension", "refresh", "message", "horoscope"])
        expect((await answer(purpose, "22")).kind).to.equal("good");
    });

    it("withdraws, suspends, or only says something, as the purpose has it", async () => {
      expect((await answer("revocation")).kind).to.equal("revoked");
      expect((await answer("suspension")).kind).to.equal("suspended");
      expect((await answer("refresh")).kind).to.equal("good");
      const said = await answer("message", "23", { statusMessage: messages(2) });
      expect(said).to.have.nested.property("evidence.message", "meaning 1");
      expect((await answer("horoscope")).kind).to.equal("unknown-kind");
    });

    it("is silent about a list that cannot be read", async () => {
      expect((await answer("revocation", "262144")).kind).to.equal("silent");
    });
  });
});
