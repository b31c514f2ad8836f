/** Statements in the form in which they are put in order: subject, predicate, object, and the graph they stand in. */

export interface RdfTerm {
  readonly termType: "NamedNode" | "BlankNode" | "Literal" | "DefaultGraph";
  readonly value: string;
}

/** A term that may be a literal, which has a type, and a language where its type is `rdf:langString`. */
export interface RdfObject extends RdfTerm {
  readonly datatype?: RdfTerm;
  readonly language?: string;
}

export interface RdfQuad {
  readonly subject: RdfTerm;
  readonly predicate: RdfTerm;
  readonly object: RdfObject;
  readonly graph: RdfTerm;
}
