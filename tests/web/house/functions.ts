// Reads how long the functions and components of a module are.
import { readFileSync } from "node:fs";
import { type Node, nodesOf } from "./imports";

/** A function with its name, "" where it has none, and the lines of its body. */
export type Length = { name: string; lines: number };

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** Every function of a module, methods and callbacks included. */
export function lengthsOf(file: string): Length[] {
  const source = readFileSync(file, "utf8");
  const nodes = nodesOf(file);
  const names = new Map(nodes.flatMap(namedBy));
  return nodes
    .filter((node) => FUNCTIONS.has(node.type))
    .map((node) => ({ name: names.get(node) ?? "", lines: linesOf(node, source) }));
}

/** A function and its name, where the node gives it one. */
function namedBy(node: Node): [Node, string][] {
  const named = (value: unknown, name: unknown): [Node, string][] => {
    const text = (name as { name?: unknown } | null)?.name;
    return isFunction(value) && typeof text === "string" ? [[value, text]] : [];
  };
  if (node.type === "FunctionDeclaration") return named(node, node["id"]);
  if (node.type === "VariableDeclarator") return named(node["init"], node["id"]);
  return named(node["value"], node["key"]);
}

const isFunction = (value: unknown): value is Node => FUNCTIONS.has((value as Node | null)?.type ?? "");

/** From the first statement to the last, or of the expression that an arrow returns. */
function linesOf(node: Node, source: string): number {
  const body = node["body"] as Node;
  const statements = body.type === "BlockStatement" ? (body["body"] as Node[]) : [body];
  const [first, last] = [statements[0], statements.at(-1)];
  if (first === undefined || last === undefined) return 0;
  return source.slice(Number(first["start"]), Number(last["end"])).split("\n").length;
}
