/** Badges baked into images: 1EdTech's own, what is baked here and read back, and images made to mislead. */

import { expect } from "chai";
import * as fc from "fast-check";

import { concatBytes, fromUtf8, toUtf8 } from "../../../src/core/bytes.ts";
import { TestamurError } from "../../../src/core/errors.ts";
import { Refusal } from "../../../src/core/refusal.ts";
import { bakePng, findInPng, isPng } from "../../../src/formats/w3c-vc-v2/bake-png.ts";
import { bakeSvg, findInSvg } from "../../../src/formats/w3c-vc-v2/bake-svg.ts";
import type { Baked } from "../../../src/formats/w3c-vc-v2/baked.ts";
import { crc32 } from "../../../src/formats/w3c-vc-v2/crc32.ts";
import { png, pngChunk as chunk } from "../../support/images.ts";
import { holds } from "../../support/property.ts";
import { describeVectors, vectorBytes } from "../../support/vector-files.ts";

const JSON_TEXT = '{"name":"Zoë ]]> <b>&amp;</b>"}';
const JWS = "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl";

function badgeChunk(text: string, type = "iTXt", frame: readonly number[] = [0, 0, 0, 0, 0]): Uint8Array {
  return chunk(type, concatBytes(toUtf8("openbadgecredential"), Uint8Array.from(frame), toUtf8(text)));
}

function svg(inside: string, attributes = ""): Uint8Array {
  return toUtf8(
    `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${inside}<g><path d="M0 0"/></g></svg>\n`,
  );
}

const BOUND = ' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"';

function codeOf(work: () => Baked | undefined): string {
  try {
    return work() === undefined ? "none" : "found";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe("crc32", () => {
  // the check value of the algorithm's catalogue entry
  it("gives the published check value", () => {
    expect(crc32(toUtf8("123456789"))).to.equal(0xcbf43926);
  });
});

describe("PNG images", () => {
  it("give back what was baked into them, JSON or JWS, and keep their other chunks", () => {
    const image = png(chunk("tEXt", toUtf8("Comment\0made for a test")));
    expect(findInPng(image)).to.equal(undefined);
    expect(findInPng(bakePng(image, JSON_TEXT))).to.deep.equal({ kind: "json", text: JSON_TEXT, others: 0 });
    expect(findInPng(bakePng(image, JWS))).to.deep.equal({ kind: "jws", text: JWS, others: 0 });
    expect(
      fromUtf8(
        bakePng(image, JSON_TEXT)
          .slice(-300)
          .filter((byte) => byte < 128),
      ),
    ).to.contain("made for a test");
  });

  it("hold one credential: baking again replaces the first", () => {
    const twice = bakePng(bakePng(png(), JSON_TEXT), JWS);
    expect(findInPng(twice)).to.deep.equal({ kind: "jws", text: JWS, others: 0 });
    expect(twice).to.deep.equal(bakePng(png(), JWS));
  });

  it("report further credentials beside the first", () => {
    expect(findInPng(png(badgeChunk(JSON_TEXT), badgeChunk(JWS)))).to.deep.equal({
      kind: "json",
      text: JSON_TEXT,
      others: 1,
    });
  });

  it("are refused when torn, altered, continued after their end, or no images at all", () => {
    const image = bakePng(png(), JSON_TEXT);
    expect(isPng(image)).to.equal(true);
    for (const bad of [
      new Uint8Array(),
      toUtf8("<svg/>"),
      image.slice(0, -1),
      image.slice(0, 20),
      concatBytes(image, toUtf8("<html></html>")),
      concatBytes(image.slice(0, 8), image.slice(33)),
    ]) {
      expect(codeOf(() => findInPng(bad))).to.equal("SHAPE_WRONG");
      expect(() => bakePng(bad, JWS))
        .to.throw(TestamurError)
        .with.property("code", "FILE_UNREADABLE");
    }
  });

  it("are refused when any byte is altered", async () => {
    const image = bakePng(png(), JSON_TEXT);
    await holds(
      fc.property(fc.nat({ max: image.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const altered = image.with(at, (image[at] ?? 0) ^ flip);
        expect(codeOf(() => findInPng(altered))).to.equal("SHAPE_WRONG");
      }),
    );
  });

  it("are refused when the credential is compressed, in a chunk of another kind, torn, or no credential", () => {
    for (const bad of [
      badgeChunk(JSON_TEXT, "iTXt", [0, 1, 0, 0, 0]),
      badgeChunk(JSON_TEXT, "tEXt", [0]),
      badgeChunk(JSON_TEXT, "zTXt", [0, 0]),
      badgeChunk("", "iTXt", [0, 0, 0]),
      chunk("iTXt", concatBytes(toUtf8("openbadgecredential"), Uint8Array.of(0, 0, 0, 0, 0, 0xff))),
    ]) {
      expect(codeOf(() => findInPng(png(bad)))).to.equal("SHAPE_WRONG");
    }
    expect(codeOf(() => findInPng(png(badgeChunk("hello"))))).to.equal("FILE_NOT_JSON");
    expect(codeOf(() => findInPng(png(badgeChunk(`{${" ".repeat(1_048_576)}}`))))).to.equal("DOCUMENT_TOO_LARGE");
    expect(codeOf(() => findInPng(new Uint8Array(16_777_217)))).to.equal("DOCUMENT_TOO_LARGE");
  });
});

describe("SVG images", () => {
  it("give back what was baked into them, JSON or JWS", () => {
    for (const image of [svg(""), svg("", BOUND), svg("<title>A &lt; B</title><!-- <x> -->")]) {
      expect(findInSvg(image)).to.equal(undefined);
      const baked = findInSvg(bakeSvg(image, JSON_TEXT));
      expect(baked?.kind).to.equal("json");
      expect(JSON.parse(baked?.text ?? "")).to.deep.equal(JSON.parse(JSON_TEXT));
      expect(findInSvg(bakeSvg(image, JWS))).to.deep.equal({ kind: "jws", text: JWS, others: 0 });
    }
  });

  it("hold one credential: baking again replaces the first", () => {
    const once = bakeSvg(svg(""), JWS);
    expect(bakeSvg(bakeSvg(svg(""), JSON_TEXT), JWS)).to.deep.equal(once);
  });

  it("are read whatever prefix the namespace has, and only directly inside the root", () => {
    const other = ' xmlns:ob="https://purl.imsglobal.org/ob/v3p0"';
    expect(findInSvg(svg(`<ob:credential verify="${JWS}"/>`, other))?.text).to.equal(JWS);
    expect(
      findInSvg(svg(`<x:credential xmlns:x="https://purl.imsglobal.org/ob/v3p0">{"a":1}</x:credential>`))?.text,
    ).to.equal('{"a":1}');
    expect(findInSvg(svg(`<g><openbadges:credential verify="${JWS}"/></g>`, BOUND))).to.equal(undefined);
    expect(findInSvg(svg(`<openbadges:credential verify="${JWS}"/>`))).to.equal(undefined);
    expect(
      findInSvg(svg(`<openbadges:credential verify="${JWS}"/>`, ' xmlns:openbadges="https://example.org"')),
    ).to.equal(undefined);
    expect(() => bakeSvg(svg("", ' xmlns:openbadges="https://example.org"'), JWS)).to.throw(TestamurError);
  });

  it("report further credentials beside the first", () => {
    const badge = `<openbadges:credential verify="${JWS}"/>`;
    expect(findInSvg(svg(badge + badge + badge, BOUND))).to.deep.equal({ kind: "jws", text: JWS, others: 2 });
  });

  it("are refused when not well-formed, with entities of their own, or no images at all", () => {
    for (const bad of [
      "",
      "{}",
      "<html xmlns='http://www.w3.org/2000/svg'></html>",
      "<svg></svg>",
      "<svg xmlns='http://www.w3.org/2000/svg'>",
      "<svg xmlns='http://www.w3.org/2000/svg'><g></svg></g>",
      "<svg xmlns='http://www.w3.org/2000/svg' a='1' a='2'></svg>",
      "<svg xmlns='http://www.w3.org/2000/svg'></svg><svg xmlns='http://www.w3.org/2000/svg'></svg>",
      "<svg xmlns='http://www.w3.org/2000/svg'>&file;</svg>",
      "<svg xmlns='http://www.w3.org/2000/svg'>&#0;</svg>",
      "<svg xmlns='http://www.w3.org/2000/svg'><!-- </svg>",
      "<svg xmlns='http://www.w3.org/2000/svg'><![CDATA[ </svg>",
      "<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
      "<!DOCTYPE svg SYSTEM 'file:///etc/passwd' []><svg xmlns='http://www.w3.org/2000/svg'></svg>",
    ]) {
      expect(
        codeOf(() => findInSvg(toUtf8(bad))),
        bad,
      ).to.equal("SHAPE_WRONG");
      expect(() => bakeSvg(toUtf8(bad), JWS), bad)
        .to.throw(TestamurError)
        .with.property("code", "FILE_UNREADABLE");
    }
    expect(codeOf(() => findInSvg(Uint8Array.of(0xff, 0xfe)))).to.equal("SHAPE_WRONG");
    const deep = svg("<g>".repeat(300) + "</g>".repeat(300));
    expect(codeOf(() => findInSvg(deep))).to.equal("JSON_TOO_DEEP");
  });

  it("are read in a moment, however they are made", () => {
    const started = performance.now();
    for (const bad of [
      `<svg ${"a ".repeat(200_000)}`,
      `<svg ${"a='".repeat(100_000)}`,
      `<svg${" ".repeat(500_000)}x`,
      "<!--".repeat(100_000),
      "&".repeat(500_000),
      "<".repeat(500_000),
      `<${"a".repeat(500_000)}`,
    ]) {
      expect(codeOf(() => findInSvg(toUtf8(bad)))).to.equal("SHAPE_WRONG");
    }
    expect(performance.now() - started).to.be.lessThan(3_000);
  });

  it("never make the reader throw anything but a refusal", async () => {
    const piece = fc.constantFrom(
      "<svg",
      " xmlns='http://www.w3.org/2000/svg'",
      ">",
      "</svg>",
      "<g/>",
      "<![CDATA[",
      "]]>",
      "&amp;",
      "&x;",
      "<!--",
      "-->",
      "x",
      '"',
      "<openbadges:credential>",
      BOUND,
    );
    await holds(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(codeOf(() => findInSvg(toUtf8(pieces.join(""))))).to.be.a("string");
      }),
    );
  });
});

describeVectors("w3c/1edtech-ob3/baked", "badges baked by 1EdTech", () => {
  it("are found: JSON in an SVG, a JWS in an SVG and in a PNG", () => {
    expect(findInSvg(vectorBytes("w3c/1edtech-ob3/baked/simple-json.svg"))).to.include({ kind: "json", others: 0 });
    expect(findInSvg(vectorBytes("w3c/1edtech-ob3/baked/simple-jwt_v1.svg"))).to.include({ kind: "jws", others: 0 });
    expect(findInPng(vectorBytes("w3c/1edtech-ob3/baked/simple-jwt.png"))).to.include({ kind: "jws", others: 0 });
  });

  it("can be baked again", () => {
    const image = vectorBytes("w3c/1edtech-ob3/baked/simple-json.svg");
    expect(findInSvg(bakeSvg(image, JWS))).to.deep.equal({ kind: "jws", text: JWS, others: 0 });
    const picture = vectorBytes("w3c/1edtech-ob3/baked/simple-jwt.png");
    expect(findInPng(bakePng(picture, JSON_TEXT))).to.deep.equal({ kind: "json", text: JSON_TEXT, others: 0 });
  });
});
