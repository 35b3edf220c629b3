// One name, one meaning: no two modules of the faces give the same name to different things.
// @vitest-environment node
import { expect, test } from "vitest";
import { declaredBy } from "./exports";
import { modulesBelow } from "./imports";

const MODULES = [...modulesBelow("mobile_pwa/src"), ...modulesBelow("static/src")];

/** Names of two things today, with the modules that declare them. This list only shrinks. */
const DOUBLED: Record<string, readonly string[]> = {
  Clock: ["mobile_pwa/src/parts/due.tsx", "static/src/console/drawer/clocks.tsx", "static/src/shared/shapes/vocabulary.ts"],
  Helping: ["mobile_pwa/src/screens/alert/alert-screen.tsx", "static/src/console/drawer/helping.tsx"],
  Option: ["mobile_pwa/src/parts/fields.tsx", "static/src/console/list/filter-panel.tsx"],
  Pick: ["mobile_pwa/src/parts/fields.tsx", "static/src/console/list/filter-panel.tsx"],
  PickProps: ["mobile_pwa/src/parts/fields.tsx", "static/src/console/list/filter-panel.tsx"],
  RequestNote: ["mobile_pwa/src/screens/alert/alert-screen.tsx", "static/src/console/drawer/request-note.tsx"],
  Segments: ["mobile_pwa/src/parts/fields.tsx", "static/src/console/drawer/fields.tsx"],
  StepForm: ["mobile_pwa/src/screens/alert/step-form.tsx", "static/src/console/drawer/step-form.tsx"],
  Story: ["mobile_pwa/src/screens/alert/story.tsx", "static/src/console/drawer/story.tsx"],
  categoryName: ["mobile_pwa/src/core/playbook.ts", "static/src/console/words/names.ts"],
  keepDraft: ["mobile_pwa/src/steps/draft.ts", "static/src/console/drawer/draft.ts"],
  kept: ["mobile_pwa/src/core/memory.ts", "static/src/console/drawer/draft.ts"],
  submit: ["mobile_pwa/src/reports/outbox.ts", "mobile_pwa/src/screens/alert/step-form.tsx"],
  unitName: ["mobile_pwa/src/core/playbook.ts", "static/src/console/words/names.ts"],
};
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
  const told = doubled.filter(({ name, files }) => files.some((file) => !DOUBLED[name]?.includes(file)));
  const advice = "say in its name what tells one from the other, or share it in static/src/shared";
  expect(told.map(({ name, files }) => `${name} is declared in ${files.join(" and ")}: ${advice}.`)).toEqual([]);
});

test("what has one owner again is no exception any more", () => {
  const still = new Map(doubled.map(({ name, files }) => [name, files]));
  const over = Object.entries(DOUBLED).flatMap(([name, files]) =>
    files.filter((file) => !still.get(name)?.includes(file)).map((file) => `${name} in ${file}: take it out of DOUBLED in tests/web/house/names.test.ts.`),
  );
  expect(over).toEqual([]);
});

test("the check itself sees types, classes, functions and values, exported or not", () => {
  const names = declaredBy("static/src/shared/words.ts");
  expect(names).toEqual(expect.arrayContaining([
    { name: "Tongue", isExported: true }, { name: "t", isExported: true }, { name: "spoken", isExported: true },
    { name: "words", isExported: false }, { name: "flat", isExported: false },
  ]));
  expect(declaredBy("static/src/shared/time.ts")).toContainEqual({ name: "ServerClock", isExported: true });
});
