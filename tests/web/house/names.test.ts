// One name, one meaning: no two modules of the faces give the same name to different things.
// @vitest-environment node
import { expect, test } from "vitest";
import { declaredBy } from "./exports";
import { modulesBelow } from "./imports";

const MODULES = [...modulesBelow("mobile_pwa/src"), ...modulesBelow("static/src")];

/** What a component takes is called so in each module, for itself. */
const OWN = "Props";
const TYPE_OR_COMPONENT = /^[A-Z][a-z]/;

type Owner = { file: string; isExported: boolean };

const owners = new Map<string, Owner[]>();
for (const file of MODULES) {
  for (const { name, isExported } of declaredBy(file)) owners.set(name, [...(owners.get(name) ?? []), { file, isExported }]);
}
/** Types and components have one owner, exported or not; other names once a module exports them. */
const doubled = [...owners]
  .filter(([name, all]) => all.length > 1 && name !== OWN && (TYPE_OR_COMPONENT.test(name) || all.some(({ isExported }) => isExported)))
  .map(([name, all]) => ({ name, files: all.map(({ file }) => file) }));

test("a name has one owner", () => {
  const advice = "say in its name what tells one from the other, or share it in static/src/shared";
  expect(doubled.map(({ name, files }) => `${name} is declared in ${files.join(" and ")}: ${advice}.`)).toEqual([]);
});

test("the check itself sees types, classes, functions and values, exported or not", () => {
  const names = declaredBy("static/src/shared/words.ts");
  expect(names).toEqual(expect.arrayContaining([
    { name: "Tongue", isExported: true }, { name: "t", isExported: true }, { name: "spoken", isExported: true },
    { name: "words", isExported: false }, { name: "flat", isExported: false },
  ]));
  expect(declaredBy("static/src/shared/time.ts")).toContainEqual({ name: "ServerClock", isExported: true });
});
