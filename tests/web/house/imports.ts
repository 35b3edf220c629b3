// Reads which modules the faces have and what each of them imports, imports of types included.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseAst } from "vite";

/** Each module with the files of this repository that it imports. */
export type Graph = ReadonlyMap<string, readonly string[]>;

export type Node = { type: string; [key: string]: unknown };

/** The modules below these folders. */
export function graphOf(...folders: string[]): Graph {
  const modules = folders.flatMap(modulesBelow);
  return new Map(modules.map((file) => [file, importsOf(file)]));
}

export const modulesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name).replaceAll("\\", "/"))
    .filter((file) => /\.tsx?$/.test(file))
    .sort();

/** Every node of a module's syntax tree. */
export function nodesOf(file: string): Node[] {
  const lang = file.endsWith("x") ? "tsx" : "ts";
  return nodesBelow(parseAst(readFileSync(file, "utf8"), { lang }));
}

function nodesBelow(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesBelow);
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(nodesBelow);
  return isNode(value) ? [value, ...inner] : inner;
}

const isNode = (value: object): value is Node => "type" in value && typeof value.type === "string";

function importsOf(file: string): string[] {
  const named = nodesOf(file).flatMap((node) => addressOf(node) ?? []);
  const local = named.filter((address) => address.startsWith("."));
  return local.flatMap((address) => fileAt(normalize(join(dirname(file), address))) ?? []);
}

const NAMES_A_MODULE = new Set([
  "ImportDeclaration", "ExportNamedDeclaration", "ExportAllDeclaration", "ImportExpression", "TSImportType",
]);

/** `import … from "x"`, `export … from "x"`, `import("x")`, also of types, and `new URL("x", import.meta.url)`. */
function addressOf(node: Node): string | null {
  if (NAMES_A_MODULE.has(node.type)) return written(node["source"] ?? node["argument"]);
  if (node.type !== "NewExpression" || (node["callee"] as Node)["name"] !== "URL") return null;
  return written((node["arguments"] as Node[])[0]);
}

function written(node: unknown): string | null {
  const { value, literal } = (node ?? {}) as { value?: unknown; literal?: unknown };
  return typeof value === "string" ? value : literal === undefined ? null : written(literal);
}

const ENDS = ["", ".ts", ".tsx"];

function fileAt(path: string): string | null {
  const found = ENDS.map((end) => path + end).find((name) => existsSync(name) && statSync(name).isFile());
  return found?.replaceAll("\\", "/") ?? null;
}
