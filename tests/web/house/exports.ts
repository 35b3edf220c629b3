// Reads which names a module declares at its top, types included; what it hands on is another's.
import { readFileSync } from "node:fs";
import { parseAst } from "vite";
import type { Node } from "./imports";

export type Declared = { name: string; isExported: boolean };

export function declaredBy(file: string): Declared[] {
  const lang = file.endsWith("x") ? "tsx" : "ts";
  const { body } = parseAst(readFileSync(file, "utf8"), { lang }) as unknown as { body: Node[] };
  const declared = body.flatMap((statement) => {
    const isExported = statement.type === "ExportNamedDeclaration";
    const inner = isExported ? statement["declaration"] : statement;
    return inner === null ? [] : namesOf(inner as Node).map((name) => ({ name, isExported }));
  });
  return [...new Map(declared.map((one) => [one.name, one])).values()];
}

/** `const a = 1, b = 2` has two; a function, class, type or interface one; an import none. */
function namesOf(statement: Node): string[] {
  const all = statement.type === "VariableDeclaration" ? (statement["declarations"] as Node[]) : [statement];
  return all.flatMap((each) => (each["id"] as { name?: string } | undefined)?.name ?? []);
}
