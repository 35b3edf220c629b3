// Every module of the faces says in its first line what it does, as a statement.
// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { modulesBelow } from "./imports";

const MODULES = [...modulesBelow("mobile_pwa/src"), ...modulesBelow("static/src"), ...modulesBelow("tests/web")];

test("the first line of a module is a comment that states what the module does", () => {
  const wrong = MODULES.filter((file) => {
    const [first = ""] = readFileSync(file, "utf8").split("\n");
    return !/^\/\/ .{10,}[.:]?$/.test(first) || first.includes("?");
  });
  expect(wrong.map((file) => `${file}: begin with a line "// …" that states, without a question, what it does.`)).toEqual([]);
});
