/** Files that are documents, and images that carry one, or none, or more than one. */

import { expect } from "chai";

import { concatBytes, fromUtf8, toUtf8 } from "../../src/core/bytes.ts";
import { Refusal } from "../../src/core/refusal.ts";
import { documentIn } from "../../src/formats/document-in.ts";
import { bakePng } from "../../src/formats/w3c-vc-v2/bake-png.ts";
import { bakeSvg } from "../../src/formats/w3c-vc-v2/bake-svg.ts";
import { openDocument } from "../../src/verify/open-document.ts";
import { png, pngChunk, SVG } from "../support/images.ts";
import { issue } from "../support/w3c-samples.ts";

const TEXT = '{"name":"Zoë"}';

function codeOf(file: Uint8Array): string {
  try {
    documentIn(file);
    return "found";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe("documentIn", () => {
  it("takes the credential out of an image, and leaves any other file as it is", () => {
    expect(fromUtf8(documentIn(bakePng(png(), TEXT)))).to.equal(TEXT);
    expect(fromUtf8(documentIn(bakeSvg(SVG, TEXT)))).to.equal(TEXT);
    for (const text of [TEXT, "<html><svg></svg></html>", "<note/>", "", "%PDF-1.7"]) {
      const file = toUtf8(text);
      expect(documentIn(file)).to.equal(file);
    }
  });

  it("refuses images without a credential, with several, and with one that is not JSON", () => {
    const badge = pngChunk("iTXt", concatBytes(toUtf8("openbadgecredential"), new Uint8Array(5), toUtf8(TEXT)));
    expect(codeOf(png())).to.equal("FILE_NOT_JSON");
    expect(codeOf(SVG)).to.equal("FILE_NOT_JSON");
    expect(codeOf(png(badge, badge))).to.equal("FORMAT_AMBIGUOUS");
    expect(codeOf(bakePng(png(), "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl"))).to.equal("FORMAT_UNSUPPORTED");
    expect(codeOf(bakePng(png(), TEXT).subarray(0, 60))).to.equal("SHAPE_WRONG");
  });

  it("is asked by the verifier: a badge says what its file says, and one byte less says nothing", async () => {
    const { text } = await issue();
    const opened = await openDocument(toUtf8(text));
    for (const image of [bakePng(png(), text), bakeSvg(SVG, text)]) {
      expect(await openDocument(image)).to.deep.equal(opened);
      expect(await openDocument(image.subarray(0, -1))).to.have.property("kind", "refused");
    }
  });
});
