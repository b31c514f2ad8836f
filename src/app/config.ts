/** Settings from flags, environment and `testamur.json`, in that order of strength: the only place that reads any of them. */

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { z } from "zod";

import type { Hex } from "../core/bytes.ts";
import { TestamurError, type Problem } from "../core/errors.ts";
import { isLoopback } from "../core/guarded-fetch.ts";
import { ACHIEVEMENT_TYPES } from "../identity/achievement-types.ts";
import type { RecognitionTrust } from "../identity/recognition.ts";

const CONFIG_FILE = "testamur.json";

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, "an address is 0x and 40 hexadecimal digits")
  .transform((text): Hex => `0x${text.slice(2).toLowerCase()}`);

const did = z.string().regex(/^did:[a-z0-9]+:[^\s#?/]+$/, "a DID is did:method:name, without a path or a fragment");

const place = z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, "a place is an ISO 3166 code such as DE or DE-BY");

const register = z
  .string()
  .regex(/^eip155:[1-9]\d{0,14}:0x[0-9a-fA-F]{40}$/, "a register of recognition is eip155:<chain id>:0x<40 digits>");

/** Whose recognition counts; see `RecognitionTrust`. */
const Recognition: z.ZodType<RecognitionContent> = z.strictObject({
  register,
  roots: z.array(address).min(1),
  types: z.array(z.enum(ACHIEVEMENT_TYPES)).optional(),
  level: z.int().min(1).max(8).optional(),
  jurisdiction: place.optional(),
});

interface RecognitionContent {
  readonly register: string;
  readonly roots: readonly Hex[];
  readonly types?: readonly string[] | undefined;
  readonly level?: number | undefined;
  readonly jurisdiction?: string | undefined;
}

/** What `testamur.json` may hold; a misspelt member is refused, not ignored. */
const ConfigFile: z.ZodType<ConfigFileContent> = z.strictObject({
  $schema: z.string().optional(),
  rpc: z.union([z.url(), z.array(z.url()).min(1)]).optional(),
  agreement: z.int().min(1).max(16).optional(),
  maxBackdatingDays: z.int().min(0).optional(),
  store: address.optional(),
  issuer: z.strictObject({ name: z.string().min(1), domain: z.string().min(1), did: did.optional() }).optional(),
  keystore: z.string().min(1).optional(),
  passwordFile: z.string().min(1).optional(),
  signingKey: z.string().min(1).optional(),
  signingPasswordFile: z.string().min(1).optional(),
  statusListsUrl: z.url().optional(),
  trust: z.string().min(1).optional(),
  resolvers: z.array(z.url()).min(1).optional(),
  allowedHosts: z.array(z.string().min(1)).optional(),
  didRegistries: z.record(z.string().regex(/^[1-9]\d*$/), address).optional(),
  recognition: Recognition.optional(),
  home: z.string().min(1).optional(),
});

interface ConfigFileContent {
  readonly $schema?: string | undefined;
  readonly rpc?: string | readonly string[] | undefined;
  readonly agreement?: number | undefined;
  readonly maxBackdatingDays?: number | undefined;
  readonly store?: Hex | undefined;
  readonly issuer?: { readonly name: string; readonly domain: string; readonly did?: string | undefined } | undefined;
  readonly keystore?: string | undefined;
  readonly passwordFile?: string | undefined;
  readonly signingKey?: string | undefined;
  readonly signingPasswordFile?: string | undefined;
  readonly statusListsUrl?: string | undefined;
  readonly trust?: string | undefined;
  readonly resolvers?: readonly string[] | undefined;
  readonly allowedHosts?: readonly string[] | undefined;
  readonly didRegistries?: Readonly<Record<string, Hex>> | undefined;
  readonly recognition?: RecognitionContent | undefined;
  readonly home?: string | undefined;
}

/** Everything a command may need to know; paths are absolute. */
export interface Settings {
  readonly rpcUrls: readonly string[];
  /** How many nodes of a chain must say the same to verify by them. */
  readonly agreement?: number;
  /** Days by which a document may be dated before its anchor. */
  readonly maxBackdatingDays?: number;
  readonly store?: Hex;
  /** `did`: whose document lists the signing key and the register. */
  readonly issuer?: { readonly name: string; readonly domain: string; readonly did?: string | undefined };
  readonly keystore?: string;
  readonly passwordFile?: string;
  /** The file of the key that signs documents, and of its password where that is not the keystore's. */
  readonly signingKey?: string;
  readonly signingPasswordFile?: string;
  /** Where the service that publishes the store's status lists is reached; an origin. */
  readonly statusListsUrl?: string;
  /** A private key from the environment, for local chains. Never printed. */
  readonly privateKey?: Hex;
  readonly trust?: string;
  readonly resolvers?: readonly string[];
  readonly allowedHosts: readonly string[];
  readonly didRegistries: Readonly<Record<number, Hex>>;
  /** Whose recognition of issuers counts, and in which register. */
  readonly recognition?: RecognitionTrust;
  /** Where batches are kept. */
  readonly home: string;
  readonly isCi: boolean;
  /** The file the settings came from, if there was one. */
  readonly file?: string;
}

/** Flags that say the same as members of the file; a flag wins over the environment, the environment over the file. */
export interface SettingFlags {
  readonly config?: string;
  readonly rpc?: readonly string[];
  readonly agree?: string;
  readonly maxBackdating?: string;
  readonly store?: string;
  readonly keystore?: string;
  readonly passwordFile?: string;
  readonly signingKey?: string;
  readonly signingPasswordFile?: string;
  readonly statusListsUrl?: string;
  readonly trust?: string;
  readonly resolver?: readonly string[];
  readonly recognitionRegister?: string;
  readonly recognisedBy?: readonly string[];
  readonly jurisdiction?: string;
  readonly home?: string;
}

/**
 * @param directory  where relative paths of flags start, and where `testamur.json` is looked for.
 * @throws {TestamurError} `CONFIGURATION_INVALID` with a problem per member that cannot be understood.
 */
export function loadSettings(flags: SettingFlags, environment: NodeJS.ProcessEnv, directory: string): Settings {
  const source = resolve(directory, flags.config ?? environment["TESTAMUR_CONFIG"] ?? CONFIG_FILE);
  const file = readConfigFile(source, flags.config !== undefined);
  const base = dirname(source);
  const rpc = flags.rpc ?? split(environment["TESTAMUR_RPC"]) ?? file?.rpc ?? [];
  const path = (flag: string | undefined, variable: string, member: string | undefined): string | undefined =>
    pick(directory, flag, environment[variable], base, member);
  const keystore = path(flags.keystore, "TESTAMUR_KEYSTORE", file?.keystore);
  const passwordFile = path(flags.passwordFile, "TESTAMUR_PASSWORD_FILE", file?.passwordFile);
  const signingKey = path(flags.signingKey, "TESTAMUR_SIGNING_KEY", file?.signingKey);
  const signingPasswordFile = path(
    flags.signingPasswordFile,
    "TESTAMUR_SIGNING_PASSWORD_FILE",
    file?.signingPasswordFile,
  );
  const trust = path(flags.trust, "TESTAMUR_TRUST", file?.trust);
  const store = parseAddress(flags.store ?? environment["TESTAMUR_STORE"], "--store") ?? file?.store;
  const lists = flags.statusListsUrl ?? environment["TESTAMUR_STATUS_LISTS_URL"] ?? file?.statusListsUrl;
  const secret = environment["TESTAMUR_PRIVATE_KEY"];
  const privateKey = secret === undefined ? undefined : parsePrivateKey(secret);
  const resolvers = flags.resolver ?? split(environment["TESTAMUR_RESOLVERS"]) ?? file?.resolvers;
  const recognition = findRecognition(flags, file?.recognition);
  const agreement = flags.agree === undefined ? file?.agreement : parseCount(flags.agree, "--agree", 1, 16);
  const maxBackdatingDays =
    flags.maxBackdating === undefined
      ? file?.maxBackdatingDays
      : parseCount(flags.maxBackdating, "--max-backdating", 0, 99_999);
  return {
    rpcUrls: (typeof rpc === "string" ? [rpc] : rpc).map((url) => parseUrl(url, "--rpc")),
    allowedHosts: file?.allowedHosts ?? [],
    didRegistries: Object.fromEntries(Object.entries(file?.didRegistries ?? {})),
    home: path(flags.home, "TESTAMUR_HOME", file?.home) ?? resolve(directory, ".testamur"),
    isCi: environment["CI"] === "true",
    ...(agreement !== undefined && { agreement }),
    ...(maxBackdatingDays !== undefined && { maxBackdatingDays }),
    ...(store !== undefined && { store }),
    ...(file?.issuer !== undefined && { issuer: file.issuer }),
    ...(keystore !== undefined && { keystore }),
    ...(passwordFile !== undefined && { passwordFile }),
    ...(signingKey !== undefined && { signingKey }),
    ...(signingPasswordFile !== undefined && { signingPasswordFile }),
    ...(lists !== undefined && { statusListsUrl: parseListsUrl(lists) }),
    ...(privateKey !== undefined && { privateKey }),
    ...(trust !== undefined && { trust }),
    ...(resolvers !== undefined && { resolvers }),
    ...(recognition !== undefined && { recognition }),
    ...(file !== undefined && { file: source }),
  };
}

/** The file's, each member replaced by its flag. Naming whom one trusts is what asks for it. */
function findRecognition(flags: SettingFlags, file: RecognitionContent | undefined): RecognitionTrust | undefined {
  const { recognitionRegister, recognisedBy, jurisdiction } = flags;
  const isAsked = [recognitionRegister, recognisedBy, jurisdiction].some((flag) => flag !== undefined);
  if (!isAsked && file === undefined) return undefined;
  const parsed = Recognition.safeParse({
    ...file,
    ...(recognitionRegister !== undefined && { register: recognitionRegister }),
    ...(recognisedBy !== undefined && { roots: recognisedBy }),
    ...(jurisdiction !== undefined && { jurisdiction }),
  });
  if (!parsed.success) {
    throw new TestamurError("USAGE", `recognition: ${parsed.error.issues.map(({ message }) => message).join("; ")}`, {
      next: "say both --recognition-register eip155:<chain id>:0x… and --recognised-by 0x…, or set recognition in testamur.json",
    });
  }
  const { register: named, ...trust } = parsed.data;
  const [, chainId, registry = ""] = named.split(":");
  return { ...trust, chainId: Number(chainId), registry: toHexLower(registry) };
}

function toHexLower(text: string): Hex {
  return `0x${text.slice(2).toLowerCase()}`;
}

function readConfigFile(path: string, named: boolean): ConfigFileContent | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if (!named) return undefined;
    throw new TestamurError("FILE_UNREADABLE", `the configuration file ${path} cannot be read`, { cause });
  }
  return parseConfigFile(text, path);
}

function parseConfigFile(text: string, path: string): ConfigFileContent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TestamurError("CONFIGURATION_INVALID", `${path} is not JSON`, {
      cause,
      next: "compare it with the example in the README",
    });
  }
  const parsed = ConfigFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems: Problem[] = parsed.error.issues.map((issue) => ({
    where: `${path}, ${issue.path.join(".") || "top level"}`,
    what: issue.message,
  }));
  throw new TestamurError("CONFIGURATION_INVALID", `${path} cannot be understood`, { problems });
}

/** The strongest of flag, environment and file; a path is taken relative to where it was written. */
function pick(
  flagBase: string,
  flag: string | undefined,
  variable: string | undefined,
  fileBase: string,
  member: string | undefined,
): string | undefined {
  const given = flag ?? variable;
  if (given !== undefined) return resolve(flagBase, given);
  return member === undefined ? undefined : resolve(fileBase, member);
}

function split(list: string | undefined): readonly string[] | undefined {
  const parts = list?.split(/[\s,]+/).filter((part) => part !== "");
  return parts === undefined || parts.length === 0 ? undefined : parts;
}

/** @throws {TestamurError} `USAGE` naming `what`. */
export function parseAddress(text: string | undefined, what: string): Hex | undefined {
  if (text === undefined) return undefined;
  const parsed = address.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new TestamurError("USAGE", `${what}: "${text}" is not an address`, {
    next: "an address is 0x and 40 hexadecimal digits",
  });
}

function parseCount(text: string, what: string, least: number, most: number): number {
  if (/^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new TestamurError("USAGE", `${what}: "${text}" is not a number from ${least} to ${most}`);
}

/** @throws {TestamurError} `USAGE`, without the address: there may be a secret in it. */
export function parseUrl(text: string, what: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new TestamurError("USAGE", `${what}: not an http or https address`, {
    next: "for example http://127.0.0.1:8545",
  });
}

/** Documents name it for good, and other verifiers ask over https only. */
function parseListsUrl(text: string): string {
  const origin = parseOrigin(text, "--status-lists-url");
  if (origin.startsWith("https:") || isLoopback(new URL(origin).hostname)) return origin;
  throw new TestamurError("USAGE", `--status-lists-url: "${text}" is not an https address`);
}

/**
 * Where a service is reached: paths of ours follow it.
 *
 * @throws {TestamurError} `USAGE` naming `what`, for anything but scheme, host and port.
 */
export function parseOrigin(text: string, what: string): string {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && text.replace(/\/$/, "") === url.origin) return url.origin;
  throw new TestamurError("USAGE", `${what}: "${text}" is not an address like https://verify.uni.example`);
}

/** @throws {TestamurError} `KEYSTORE_INVALID`; the value is never repeated in a message. */
export function parsePrivateKey(text: string): Hex {
  if (/^0x[0-9a-fA-F]{64}$/.test(text)) return `0x${text.slice(2)}`;
  throw new TestamurError("KEYSTORE_INVALID", "this is not a private key", {
    next: "a private key is 0x and 64 hexadecimal digits",
  });
}
