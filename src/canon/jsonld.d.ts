/** What we use of `jsonld` and `rdf-canonize`, which bring no types of their own. */

declare module "jsonld" {
  /** Statements as `rdf.ts` has them. */
  export interface RdfQuad {
    readonly subject: RdfTerm;
    readonly predicate: RdfTerm;
    readonly object: RdfTerm & { readonly datatype?: RdfTerm };
    readonly graph: RdfTerm;
  }

  interface RdfTerm {
    readonly termType: "NamedNode" | "BlankNode" | "Literal" | "DefaultGraph";
    readonly value: string;
  }

  /** What a processor reports while it reads: above all, what it drops. */
  export interface JsonLdEvent {
    readonly code: string;
    readonly level: string;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
  }

  export interface ToRdfOptions {
    readonly base: string | null;
    readonly safe: boolean;
    readonly rdfDirection?: "i18n-datatype";
    readonly produceGeneralizedRdf: false;
    readonly documentLoader: (url: string) => Promise<RemoteDocument>;
    readonly eventHandler?: (call: { readonly event: JsonLdEvent; readonly next: () => void }) => void;
  }

  export interface RemoteDocument {
    readonly contextUrl: null;
    readonly documentUrl: string;
    readonly document: unknown;
    /** `static`: never changes, so that what was made of it may be kept. */
    readonly tag: "static";
  }

  export interface JsonLd {
    toRDF(input: object, options: ToRdfOptions): Promise<readonly RdfQuad[]>;
    /** A processor of its own, with its own memory of contexts. */
    (): JsonLd;
  }

  const jsonld: JsonLd;
  export default jsonld;
}

declare module "rdf-canonize" {
  import type { RdfQuad } from "jsonld";

  export interface MessageDigest {
    update(text: string): void;
    /** Hexadecimal text. */
    digest(): string | Promise<string>;
  }

  export interface CanonizeOptions {
    readonly algorithm: "RDFC-1.0";
    readonly createMessageDigest: () => MessageDigest;
    /** How often blank nodes may be compared deeply: the number of those that look alike, to this power. */
    readonly maxWorkFactor: number;
    readonly signal: AbortSignal;
  }

  export function canonize(dataset: readonly RdfQuad[], options: CanonizeOptions): Promise<string>;
}
