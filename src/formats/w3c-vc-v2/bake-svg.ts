/** Badges baked into SVG images: an element `credential` of Open Badges' namespace, directly inside `svg`. */

import { fromUtf8, toUtf8 } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import { Refusal, refuse } from "../../core/refusal.ts";
import { MAX_IMAGE_BYTES, toBaked, type Baked } from "./baked.ts";
import { scanXml, type XmlToken } from "./xml-scanner.ts";

const SVG = "http://www.w3.org/2000/svg";
const OPEN_BADGES = "https://purl.imsglobal.org/ob/v3p0";
const PREFIX = "openbadges";

/** Elements inside each other. */
const MAX_DEPTH = 256;

/** A badge's element in the text of the image. */
interface Element {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Svg {
  readonly xml: string;
  /** Where the root's opening tag ends. */
  readonly inside: number;
  readonly rootAttributes: ReadonlyMap<string, string>;
  readonly badges: readonly Element[];
}

/** How far into a file its root element is looked for: behind a declaration, a document type and comments. */
const HEAD_BYTES = 4_096;

/** True for bytes that look like an SVG image: XML that soon comes to an element `svg`. */
export function isSvg(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES)).trimStart();
  return head.startsWith("<") && /<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]/.test(head) && !/<html[\s>]/i.test(head);
}

/**
 * The first credential baked into an SVG image, or undefined where there is none.
 *
 * @param svg  untrusted; at most 16 MiB.
 * @throws {Refusal} `SHAPE_WRONG` for an image that is not well-formed or has entities of its own;
 *   `DOCUMENT_TOO_LARGE`; `FILE_NOT_JSON`.
 * @see Open Badges 3.0 §5.3.2
 */
export function findInSvg(svg: Uint8Array): Baked | undefined {
  const [first, ...others] = readSvg(svg).badges;
  return first === undefined ? undefined : toBaked(first.text, others.length);
}

/**
 * The image with the credential in it, in place of any that was there.
 *
 * @param text  the credential's JSON, or a compact JWS.
 * @throws {TestamurError} `FILE_UNREADABLE` for bytes that are not a whole SVG image.
 */
export function bakeSvg(svg: Uint8Array, text: string): Uint8Array {
  try {
    const { kind, text: trimmed } = toBaked(text, 0);
    const { xml, inside, rootAttributes, badges } = readSvg(svg);
    const name = `${PREFIX}:credential`;
    const badge =
      kind === "jws"
        ? `<${name} verify="${trimmed}"/>`
        : `<${name}><![CDATA[${trimmed.replaceAll("]]>", "]]\\u003e")}]]></${name}>`;
    const rest = withoutBadges(xml.slice(inside), inside, badges);
    return toUtf8(`${withNamespace(xml.slice(0, inside), rootAttributes)}${badge}${rest}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new TestamurError("FILE_UNREADABLE", `the image cannot be baked: ${error.message}`, { cause: error });
  }
}

function readSvg(bytes: Uint8Array): Svg {
  if (bytes.length > MAX_IMAGE_BYTES) refuse("DOCUMENT_TOO_LARGE", `The image has more than ${MAX_IMAGE_BYTES} bytes.`);
  const xml = decode(bytes);
  const open: Extract<XmlToken, { kind: "open" }>[] = [];
  const badges: Element[] = [];
  let root: (typeof open)[number] | undefined;
  let text = "";
  let isOver = false;
  for (const token of scanXml(xml)) {
    if (isOver && (token.kind !== "text" || token.text.trim() !== ""))
      refuse("SHAPE_WRONG", "Something follows the end of the image.");
    if (token.kind === "text") text += open.length === 2 ? token.text : "";
    if (token.kind === "open") {
      root ??= token;
      if (open.length === 1) text = "";
      if (token.isEmpty && open.length === 1) badges.push(...toBadges(token, root, token.end, ""));
      if (!token.isEmpty) open.push(token);
      if (open.length > MAX_DEPTH) refuse("JSON_TOO_DEEP", `Elements of the image lie more than ${MAX_DEPTH} deep.`);
    }
    if (token.kind === "close") {
      const opened = open.pop();
      if (opened?.name !== token.name) refuse("SHAPE_WRONG", `The tag ${token.name} of the image closes another one.`);
      if (open.length === 1 && root !== undefined) badges.push(...toBadges(opened, root, token.end, text));
      isOver = open.length === 0;
    }
  }
  if (root === undefined || !isOver || !isNamed(root, root, SVG, "svg"))
    refuse("SHAPE_WRONG", "The file is not a whole SVG image.");
  return { xml, inside: root.end, rootAttributes: root.attributes, badges };
}

type Opened = Extract<XmlToken, { kind: "open" }>;

/** The element as a badge, where it is one: the JWS of its `verify`, or the text inside. */
function toBadges(element: Opened, root: Opened, end: number, text: string): readonly Element[] {
  if (!isNamed(element, root, OPEN_BADGES, "credential")) return [];
  return [{ start: element.start, end, text: element.attributes.get("verify") ?? text }];
}

/** True when the element's prefix, bound on itself or on the root, stands for the namespace. */
function isNamed(element: Opened, root: Opened, namespace: string, local: string): boolean {
  const [prefix, name] = element.name.includes(":") ? element.name.split(":", 2) : ["", element.name];
  const binding = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
  return name === local && (element.attributes.get(binding) ?? root.attributes.get(binding)) === namespace;
}

function withoutBadges(text: string, offset: number, badges: readonly Element[]): string {
  return badges
    .toReversed()
    .reduce((rest, { start, end }) => rest.slice(0, start - offset) + rest.slice(end - offset), text);
}

function withNamespace(head: string, attributes: ReadonlyMap<string, string>): string {
  const bound = attributes.get(`xmlns:${PREFIX}`);
  if (bound === OPEN_BADGES) return head;
  if (bound !== undefined) refuse("SHAPE_WRONG", `The image uses the prefix ${PREFIX} for something else.`);
  return `${head.slice(0, -1)} xmlns:${PREFIX}="${OPEN_BADGES}">`;
}

function decode(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes).replace(/^\ufeff/, "");
  } catch {
    return refuse("SHAPE_WRONG", "The image is not UTF-8 text.");
  }
}
