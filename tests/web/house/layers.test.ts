// The faces are built in floors: imports point down only, and every folder and module has its floor.
// @vitest-environment node
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { circles, outside, type Room, unplaced, upward } from "./floors";
import { type Graph, graphOf } from "./imports";

/** From the top. Beside each other (`a | b`) nobody sees the other. */
const FLOORS: readonly Room[] = [
  {
    at: "mobile_pwa/src",
    floors: ["main", "app", "screens", "parts | reports | steps | map", "core", "i18n | styles | worker"],
  },
  {
    at: "mobile_pwa/src/core",
    floors: [
      "announce | rounds",
      "backoff | look | one-tab | photo | playbook | route | session | speech | trouble | update",
      "server",
      "cell | db | memory",
      "rows",
      "position",
    ],
  },
  { at: "mobile_pwa/src/map", floors: ["use-picker", "move | picker"] },
  {
    at: "mobile_pwa/src/parts",
    floors: [
      "card | due | emergency | instead | nav | no-worker | photos | screen | sheet | status-words",
      "fields | note",
    ],
  },
  { at: "mobile_pwa/src/reports", floors: ["offer-again", "outbox", "send | store", "report", "asked-when | asking | life-words"] },
  { at: "mobile_pwa/src/steps", floors: ["queue", "draft | queued"] },
  {
    at: "mobile_pwa/src/screens",
    floors: ["alert | home | login | me | mine | report | sent | tasks", "task-card", "lists | local-card | own-clocks | stray-steps | unsent"],
  },
  {
    at: "mobile_pwa/src/screens/alert",
    floors: [
      "alert-screen",
      "alert-clocks | arrive | step-form | story | waiting-steps",
      "pictures | refusal | step-field",
      "place-field",
      "step-field-props",
    ],
  },
  {
    at: "mobile_pwa/src/screens/report",
    floors: [
      "report-screen",
      "category-step | photo-step | place-step | words-step",
      "heard | offered-kinds | tiles",
      "accusation | coordinates | find-category | frame | pin-pad | questions | warning",
    ],
  },
  { at: "static/src", floors: ["console | pages | reports", "i18n", "shared"] },
  {
    at: "static/src/console",
    floors: [
      "main",
      "app",
      "sign-in-again",
      "announcer | dialogs | drawer | header | idle-lock | keyboard | kpis | list | take-over",
      "map", // a field of a step in the drawer asks for a place on it
      "store",
      "words",
      "styles",
    ],
  },
  {
    at: "static/src/console/drawer",
    floors: [
      "drawer",
      "heading | helping | merged | photos | steps | story | why",
      "clocks | more | news | request-note | step-form",
      "fields",
      "copy | place-field",
      "searched-select",
      "select",
      "draft",
    ],
  },
  { at: "static/src/console/list", floors: ["list-pane", "elsewhere-list | filter-panel | rows", "row"] },
  {
    at: "static/src/console/map",
    floors: [
      "map-pane",
      "board-map | picker-map | stack-list",
      "cluster.worker | land | spots",
      "short-names | signs | stacks",
      "protocol | places",
    ],
  },
  {
    at: "static/src/console/store",
    floors: ["elsewhere", "desk", "decides | figures | filters | keys | live | order | owed | time", "board"],
  },
  { at: "static/src/console/words", floors: ["spoken-row", "holder", "forms | names | times"] },
  { at: "static/src/pages", floors: ["account | login | page | welcome", "second-factor", "door"] },
  { at: "static/src/reports", floors: ["audit | overdue"] },
  {
    at: "static/src/shared",
    floors: [
      "field-words | mark | moved-street | promise-words | ruler | sign-out | trouble-words",
      "urgency",
      "late",
      "api | city-words | find-category | form-fields | progress | time",
      "inside | upload | words",
      "new-id | pages | place-value | sha256 | shapes | show-fault",
    ],
  },
];

/** What a face may see beside itself. */
const SEES: Record<string, readonly string[]> = {
  "mobile_pwa/src": ["static/src/shared", "dispatch/translations"],
  "static/src": ["dispatch/translations", "dispatch/blueprints/pages.json"],
};

const graph = graphOf("mobile_pwa/src", "static/src");

/** Written from dispatch/shapes, whose floors stand in pyproject.toml. */
const GENERATED = "static/src/shared/shapes";

function membersOf(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() || /\.tsx?$/.test(entry.name))
    .map((entry) => entry.name.replace(/\.tsx?$/, ""));
}

/** "a/b/c.ts" lies in a/b, and where a face begins below that, in a. */
function foldersAbove(file: string): string[] {
  const folder = dirname(file);
  return folder in SEES ? [folder] : [folder, ...foldersAbove(folder)];
}

describe.each(FLOORS)("$at", (room) => {
  test("has a floor for every folder and module", () => expect(unplaced(membersOf(room.at), room)).toEqual([]));
  test("imports point down only", () => expect(upward(graph, room)).toEqual([]));
});

test("every folder of two modules or more has its floors", () => {
  const folders = [...graph.keys()].flatMap(foldersAbove);
  const rooms = FLOORS.map((room) => room.at);
  const missing = [...new Set(folders)].filter((folder) => !rooms.includes(folder) && folder !== GENERATED && membersOf(folder).length > 1);
  expect(missing, "name these in FLOORS, with a floor for each of their modules").toEqual([]);
});

test.each(Object.entries(SEES))("%s sees only what stands below it", (face, allowed) => {
  expect(outside(graph, face, allowed)).toEqual([]);
});

test("no circle among the modules, imports of types included", () => expect(circles(graph)).toEqual([]));

test("every module was read, and what it imports was found", () => {
  expect(graph.size).toBeGreaterThan(100);
  expect(graph.get("mobile_pwa/src/core/speech.ts")).toContain("dispatch/translations/languages.json");
  expect(graph.get("mobile_pwa/src/map/use-picker.ts")).toContain("mobile_pwa/src/map/picker.ts");
  expect(graph.get("static/src/console/map/board-map.ts")).toContain("static/src/console/map/cluster.worker.ts");
});

describe("the check itself", () => {
  const room: Room = { at: "face", floors: ["app", "parts | lists", "core"] };
  const house = (...edges: [string, string][]): Graph =>
    new Map(edges.map(([from]) => [from, edges.filter(([one]) => one === from).map(([, to]) => to)]));

  test("an import upward is told with both files and what to do", () => {
    const [told] = upward(house(["face/core/db.ts", "face/parts/row.tsx"]), room);
    expect(told).toMatch(/^face\/core\/db\.ts imports face\/parts\/row\.tsx.*"core" stands below "parts".*move/);
  });

  test("so is one across, while one down and one inside a folder are right", () => {
    expect(upward(house(["face/parts/a.ts", "face/lists/b.ts"]), room)).toHaveLength(1);
    expect(upward(house(["face/app.tsx", "face/core/db.ts"], ["face/core/a.ts", "face/core/b.ts"]), room)).toEqual([]);
  });

  test("a folder without a floor is told, and a floor without its folder", () => {
    expect(unplaced(["app", "parts", "lists", "core", "new"], room)).toEqual([expect.stringMatching(/^face\/new stands on no floor/)]);
    expect(unplaced(["app", "parts", "core"], room)).toEqual([expect.stringMatching(/^face\/lists is not there/)]);
  });

  test("a circle is told once, with its whole way", () => {
    const round = house(["a", "b"], ["b", "c"], ["c", "a"], ["d", "a"]);
    expect(circles(round)).toEqual([expect.stringMatching(/^a → b → c → a: a circle/)]);
  });

  test("whoever sees another face is told", () => {
    expect(outside(house(["face/a.ts", "other/b.ts"]), "face", ["shared"])).toHaveLength(1);
    expect(outside(house(["face/a.ts", "shared/b.ts"]), "face", ["shared"])).toEqual([]);
  });
});
