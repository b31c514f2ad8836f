import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { toUtf8 } from "../../src/core/bytes.ts";
import type { OutFile } from "../../src/core/ports/handing-out.ts";
import { openDocumentDirectory } from "../../src/store/document-directory.ts";
import { nodeDisk, type Disk } from "../../src/store/disk.ts";
import { streamOf } from "../support/collect.ts";
import { laterFaultOf } from "../support/faults.ts";
import { faultyDisk, type Form } from "../support/faulty-disk.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";

const BATCH = "20260701-3f9a2c7b";
const FILES = Array.from({ length: 40 }, (_, at) => fileOf(`${at}.json`, `{"é":${at}}\n`));
const INDEX = fileOf("index.csv", "a\r\nb\r\n");

function fileOf(name: string, text: string): OutFile & { readonly text: string } {
  return { name, text, bytes: toUtf8(text) };
}

/** The whole life of a directory. */
async function fill(out: string, disk?: Disk): Promise<void> {
  const directory = openDocumentDirectory(out, BATCH, disk);
  await directory.prepare([INDEX.name]);
  await directory.write(FILES.slice(0, 25));
  await directory.write(FILES.slice(25));
  await directory.writeStream(INDEX.name, streamOf("a\r\n", "b\r\n"));
  await directory.release();
}

describe("openDocumentDirectory", () => {
  const temporary = withTemporaryDirectory();
  const out = (): string => join(temporary(), "deep", "out");

  function expectFilled(): void {
    expect(readdirSync(out())).to.have.members([...FILES, INDEX].map(({ name }) => name));
    for (const { name, text } of [...FILES, INDEX]) expect(readFileSync(join(out(), name), "utf8")).to.equal(text);
  }

  it("hands out every file, whole, and leaves nothing else", async () => {
    await fill(out());
    expectFilled();
  });

  it("shows no file before all are released", async () => {
    const directory = openDocumentDirectory(out(), BATCH);
    await directory.prepare([]);
    await directory.write(FILES);
    expect(readdirSync(out()).filter((name) => !name.startsWith("."))).to.deep.equal([]);
    await directory.release();
    await directory.release(); // twice is once
    expect(readdirSync(out())).to.have.length(FILES.length);
  });

  it("reads a file back before and after its release", async () => {
    const directory = openDocumentDirectory(out(), BATCH);
    const read = async (): Promise<string | undefined> => {
      const bytes = await directory.read("7.json");
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    };
    expect(await read()).to.equal(undefined);
    await directory.write(FILES);
    expect(await read()).to.equal(FILES[7]?.text);
    await directory.release();
    expect(await read()).to.equal(FILES[7]?.text);
  });

  it("leaves alone what an earlier run wrote with the same bytes, and mends what differs", async () => {
    const first = openDocumentDirectory(out(), BATCH);
    await first.write(FILES);
    const room = join(out(), `.unchecked-${BATCH}`);
    const untouched = statSync(join(room, "1.json")).ino;
    writeFileSync(join(room, "2.json"), "{");
    await openDocumentDirectory(out(), BATCH).write(FILES);
    expect(statSync(join(room, "1.json")).ino).to.equal(untouched);
    expect(readFileSync(join(room, "2.json"), "utf8")).to.equal(FILES[2]?.text);
  });

  it("flushes each file before it has its name, and each name before it counts", async () => {
    const calls: string[] = [];
    const disk: Disk = {
      ...nodeDisk,
      writeFile: async (path, pieces) => note(`write ${path}`, async () => nodeDisk.writeFile(path, pieces)),
      syncFile: async (path) => note(`sync ${path}`, async () => nodeDisk.syncFile(path)),
      rename: async (from, to) => note(`rename ${from} ${to}`, async () => nodeDisk.rename(from, to)),
      syncDirectory: async (path) => note(`names ${path}`, async () => nodeDisk.syncDirectory(path)),
      removeDirectory: async (path) => note(`remove ${path}`, async () => nodeDisk.removeDirectory(path)),
    };
    const note = async (call: string, act: () => Promise<void>): Promise<void> => {
      await act();
      calls.push(call);
    };
    const room = join(out(), `.unchecked-${BATCH}`);
    const expectOrder = (...steps: readonly string[]): void => {
      const places = steps.map((step) => calls.lastIndexOf(step));
      expect(places, steps.join(", ")).to.not.include(-1);
      expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
    };

    const directory = openDocumentDirectory(out(), BATCH, disk);
    await directory.write(FILES);
    for (const { name } of FILES) {
      const part = join(room, `${name}.part`);
      expectOrder(`write ${part}`, `sync ${part}`, `rename ${part} ${join(room, name)}`, `names ${room}`);
    }
    await directory.release();
    for (const { name } of FILES) {
      const moved = calls.indexOf(`rename ${join(room, name)} ${join(out(), name)}`);
      const flushed = calls.indexOf(`names ${out()}`, moved);
      expect(moved).to.be.greaterThan(0);
      expect(flushed).to.be.within(moved + 1, calls.indexOf(`remove ${room}`) - 1);
    }
  });

  it("refuses a directory that holds another batch", async () => {
    mkdirSync(out(), { recursive: true });
    writeFileSync(join(out(), "index.csv"), "theirs");
    expect(await laterFaultOf(async () => fill(out()))).to.equal("FILE_EXISTS");
    expect(readFileSync(join(out(), "index.csv"), "utf8")).to.equal("theirs");
  });

  it("refuses a path that is a file", async () => {
    writeFileSync(join(temporary(), "deep"), "");
    expect(await laterFaultOf(async () => fill(out()))).to.equal("FILE_UNREADABLE");
  });

  it("keeps documents from other users of the machine", async () => {
    await fill(out());
    expect(statSync(join(out(), "1.json")).mode & 0o077).to.equal(0);
  });

  for (const form of ["undone", "done"] satisfies Form[])
    it(`says that the disk is full and finishes later, whichever call found it so (${form})`, async function () {
      this.timeout(60_000);
      const counting = faultyDisk(0, form, "ENOSPC");
      await fill(join(temporary(), "count"), counting);
      expect(counting.calls).to.be.greaterThan(80);
      for (let at = 1; at <= counting.calls; at += at < 20 || at > counting.calls - 60 ? 1 : 9) {
        const place = join(temporary(), `${at}`);
        expect(await laterFaultOf(async () => fill(place, faultyDisk(at, form, "ENOSPC"))), `call ${at}`).to.equal(
          "DISK_FULL",
        );
        const visible = existsSync(place) ? readdirSync(place).filter((name) => !name.startsWith(".")) : [];
        for (const name of visible)
          expect(readFileSync(join(place, name), "utf8")).to.equal(
            [...FILES, INDEX].find((file) => file.name === name)?.text,
          );
        await finish(place);
        expect(readdirSync(place), `call ${at}`).to.have.length(FILES.length + 1);
      }
    });

  /** What a resumed run does: the files that are out stay, all others are written. */
  async function finish(place: string): Promise<void> {
    const directory = openDocumentDirectory(place, BATCH, nodeDisk);
    await directory.write([...FILES, INDEX]);
    await directory.release();
  }
});
