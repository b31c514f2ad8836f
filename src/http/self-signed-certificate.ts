/**
 * An X.509 certificate for this machine's own name, signed by its own key and good for a day: so that software which
 * speaks https only can be pointed at a test service. Nobody trusts it, and nobody should.
 *
 * @see RFC 5280 §4.1, RFC 5480 §2.1.1 (P-256), X.690 (DER)
 */

import { createSign, generateKeyPairSync, randomBytes } from "node:crypto";

const DAY_MS = 86_400_000;

/** PEM texts, as a TLS server takes them. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** @param hosts  names and IPv4 addresses it is for. */
export function selfSignedCertificate(hosts: readonly string[], now: Date): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = sequence(
    tagged(0xa0, integer(Uint8Array.of(2))), // version 3
    integer(Uint8Array.of(1, ...randomBytes(15))), // a serial number nobody has had
    ECDSA_WITH_SHA256,
    nameOf(hosts[0] ?? "localhost"),
    sequence(utcTime(new Date(now.getTime() - DAY_MS)), utcTime(new Date(now.getTime() + DAY_MS))),
    nameOf(hosts[0] ?? "localhost"),
    publicKey.export({ format: "der", type: "spki" }),
    tagged(0xa3, sequence(alternativeNames(hosts))),
  );
  const signature = createSign("SHA256").update(body).sign(privateKey);
  const whole = sequence(body, ECDSA_WITH_SHA256, tagged(0x03, Uint8Array.of(0), signature));
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${inLines(Buffer.from(whole).toString("base64"))}-----END CERTIFICATE-----\n`,
    key: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
  };
}

/** 1.2.840.10045.4.3.2, without parameters. */
const ECDSA_WITH_SHA256 = sequence(tagged(0x06, Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)));
/** 2.5.4.3 */
const COMMON_NAME = tagged(0x06, Uint8Array.of(0x55, 0x04, 0x03));
/** 2.5.29.17 */
const SUBJECT_ALT_NAME = tagged(0x06, Uint8Array.of(0x55, 0x1d, 0x11));

function nameOf(host: string): Uint8Array {
  return sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0c, Buffer.from(host, "utf8")))));
}

function alternativeNames(hosts: readonly string[]): Uint8Array {
  const names = hosts.map((host) =>
    /^\d+(?:\.\d+){3}$/.test(host)
      ? tagged(0x87, Uint8Array.from(host.split("."), Number))
      : tagged(0x82, Buffer.from(host, "latin1")),
  );
  return sequence(SUBJECT_ALT_NAME, tagged(0x04, sequence(...names)));
}

/** `YYMMDDHHMMSSZ`, good until 2049. */
function utcTime(moment: Date): Uint8Array {
  const digits = moment.toISOString().replaceAll(/[-:T]/g, "").slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`, "latin1"));
}

/** @param bytes  big-endian, the first bit clear: positive. */
function integer(bytes: Uint8Array): Uint8Array {
  return tagged(0x02, bytes);
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tagged(0x30, ...parts);
}

/** Tag, length, contents: at most 65,535 bytes of them. */
function tagged(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const contents = Buffer.concat(parts);
  const { length } = contents;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.of(tag, ...head), contents]);
}

function inLines(base64: string): string {
  return base64.replaceAll(/.{1,64}/g, "$&\n");
}
