/** Small faults for Solidity sources, found in the compiler's own syntax tree. */

/** One fault: the bytes from `start` to `end` of a source replaced by `replacement`. */
export interface Mutant {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly replacement: string;
  readonly line: number;
}

/** A node of the syntax tree, as far as it is looked at here. */
interface Node {
  readonly nodeType: string;
  readonly src: string;
  readonly operator?: string;
  readonly kind?: string;
  readonly condition?: Node;
  readonly leftExpression?: Node;
  readonly rightExpression?: Node;
  readonly commonType?: { readonly typeString: string };
}

/** Other side of each boundary, and the opposite where there is none. */
const OTHER_COMPARISON: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "==": "!=",
  "!=": "==",
};

const SEMICOLON = 0x3b;

/**
 * Every fault for one source: each condition always and never true, each operand of "and" and "or" left out, each
 * comparison moved by one or turned round, each modifier and each statement with an effect removed.
 */
export function mutantsOf(file: string, source: string, ast: unknown): readonly Mutant[] {
  const bytes = Buffer.from(source);
  const mutants: Mutant[] = [];
  const replace = (start: number, end: number, replacement: string): void => {
    const original = bytes.subarray(start, end).toString();
    const line = bytes.subarray(0, start).toString().split("\n").length;
    mutants.push({ file, start, end, original, replacement, line });
  };
  for (const node of nodesIn(ast)) mutateNode(node, bytes, replace);
  return mutants;
}

/** The source with the fault in it. */
export function apply(source: string, { start, end, replacement }: Mutant): string {
  const bytes = Buffer.from(source);
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(replacement), bytes.subarray(end)]).toString();
}

function mutateNode(node: Node, bytes: Buffer, replace: (start: number, end: number, by: string) => void): void {
  const [start, end] = rangeOf(node);
  const { condition, leftExpression: left, rightExpression: right, operator } = node;
  if ((node.nodeType === "IfStatement" || node.nodeType === "Conditional") && condition !== undefined) {
    for (const by of ["false", "true"]) replace(...rangeOf(condition), by);
  }
  if (node.nodeType === "BinaryOperation" && left !== undefined && right !== undefined && operator !== undefined) {
    const other = OTHER_COMPARISON[operator];
    const neutral = { "&&": "true", "||": "false" }[operator];
    const [between, after] = [rangeOf(left)[1], rangeOf(right)[0]];
    if (other !== undefined)
      replace(between, after, bytes.subarray(between, after).toString().replace(operator, other));
    if (neutral !== undefined) for (const operand of [left, right]) replace(...rangeOf(operand), neutral);
  }
  if (node.nodeType === "ModifierInvocation" && node.kind === "modifierInvocation") replace(start, end, "");
  // The semicolon belongs to the statement; the steps of a loop have none.
  const isStatement = node.nodeType === "EmitStatement" || node.nodeType === "ExpressionStatement";
  if (isStatement && bytes[end] === SEMICOLON) replace(start, end + 1, "{}");
}

function rangeOf({ src }: Node): [number, number] {
  const [start = 0, length = 0] = src.split(":").map(Number);
  return [start, start + length];
}

function* nodesIn(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  // Assembly has a grammar of its own; its nodes are left alone.
  if (isNode(value) && value.nodeType === "InlineAssembly") return;
  if (isNode(value)) yield value;
  for (const child of Object.values(value)) yield* nodesIn(child);
}

function isNode(value: object): value is Node {
  return "nodeType" in value && "src" in value && typeof value.src === "string";
}
