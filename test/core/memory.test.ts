/** How long answers and silences are kept, and that nobody can fill the memory. */

import { expect } from "chai";

import type { Answer } from "../../src/core/ports/answer.ts";
import { openMemory } from "../../src/core/memory.ts";

describe("openMemory", () => {
  let now: number;
  let asked: string[];

  beforeEach(() => {
    now = 0;
    asked = [];
  });

  function answering(key: string, kind: "answer" | "silent" = "answer"): () => Promise<Answer<string>> {
    return async () => {
      asked.push(key);
      return kind === "answer" ? { kind, value: key } : { kind, reason: "down" };
    };
  }

  it("asks once for all who wait, and for a minute after", async () => {
    const memory = openMemory<string>(() => now);
    await Promise.all([memory.recall("a", answering("a")), memory.recall("a", answering("a"))]);
    now = 59_999;
    await memory.recall("a", answering("a"));
    expect(asked).to.deep.equal(["a"]);
    now = 60_000;
    await memory.recall("a", answering("a"));
    expect(asked).to.deep.equal(["a", "a"]);
  });

  it("asks again five seconds after a silence", async () => {
    const memory = openMemory<string>(() => now);
    await memory.recall("a", answering("a", "silent"));
    now = 4_999;
    expect((await memory.recall("a", answering("a"))).kind).to.equal("silent");
    now = 5_000;
    expect((await memory.recall("a", answering("a"))).kind).to.equal("answer");
  });

  it("keeps names apart, and forgets the oldest beyond a thousand", async () => {
    const memory = openMemory<string>(() => now);
    for (let name = 0; name <= 1_000; name++) await memory.recall(`${name}`, answering(`${name}`));
    expect(asked).to.have.length(1_001);
    await memory.recall("1000", answering("1000"));
    expect(asked).to.have.length(1_001);
    await memory.recall("0", answering("0"));
    expect(asked).to.have.length(1_002);
  });
});
