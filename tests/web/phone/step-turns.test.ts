// Each step has its own turn and its own person, whoever answers instead of the server.
import { describe, expect, test } from "vitest";
import type { Delivery } from "../../../mobile_pwa/src/steps/queue";
import { PORTAL } from "../line";
import { settle } from "../time";
import { alert, arrived, filled, kept, NOTE, take, waiting } from "./handling";
import { keysOf, newPhone, openApp, theLine } from "./phone";

newPhone();

describe("its own turn", () => {
  test("a step that fails each time keeps no other alert's step from being sent", async () => {
    const app = await openApp("handler");
    await kept(app, ["note", "第一步"], ["note", "另一件", alert("B")]);
    theLine().refuse("POST", /A\/steps/, 500);
    await app.flushSteps("now");
    expect([arrived(), waiting(app)]).toEqual([["另一件"], ["note waiting"]]);
  });

  test("the next step of an alert does not overtake the one that failed", async () => {
    const app = await openApp("handler");
    await kept(app, ["arrive", "到了"], ["submit", "好了"]);
    theLine().answer("POST", /steps/, { status: 503 }, 1);
    await app.flushSteps();
    await app.flushSteps();
    expect(theLine().sent("POST")).toHaveLength(1);
    await app.flushSteps("now");
    expect(arrived()).toEqual(["到了", "好了"]);
  });

  test("pressed twice at once is one request", async () => {
    const app = await openApp("handler");
    const draft = await filled(app, "submit", "已回填", { photos: ["aa"] });
    const press = (): Promise<Delivery> => app.takeStep(draft, { ...NOTE, step: "submit" }, alert(), "道路破损");
    expect(await Promise.all([press(), press()])).toMatchObject([{ step: "submit" }, { step: "submit" }]);
    expect(theLine().sent("POST").filter((path) => path.includes("steps"))).toHaveLength(1);
  });

  test("of another person waits for that person", async () => {
    const app = await openApp("handler");
    const draft = await filled(app, "note", "我签的");
    await app.signIn("volunteer", "secret");
    expect(await app.takeStep(draft, NOTE, alert(), "道路破损")).toBe("kept");
    await app.flushSteps("now");
    expect([app.queue.value, arrived()]).toEqual([[], []]);
    await app.signIn("handler", "secret");
    await settle();
    expect([...theLine().takers.values()]).toEqual(["handler"]);
  });
});

describe("somebody between who answers instead of the server", () => {
  test.each([
    ["200 and a page", { status: 200, body: PORTAL }],
    ["200 and JSON of its own", { status: 200, body: { ok: true } }],
    ["a redirect", { status: 302 }],
    ["403 and a page", { status: 403, body: PORTAL }],
    ["413 and a page", { status: 413, body: PORTAL }],
  ])("with %s neither takes a step nor refuses it", async (_, answer) => {
    const app = await openApp("handler");
    theLine().answer("POST", /steps/, answer);
    expect(await take(app, "submit", "已回填", { photos: ["aa"] })).toBe("kept");
    await app.flushSteps("now");
    expect([waiting(app), await keysOf(app, "photos")]).toEqual([["submit waiting"], [expect.stringMatching(/aa$/)]]);
    theLine().relent();
    await app.flushSteps("now");
    expect(arrived()).toEqual(["已回填"]);
  });

  test("for its photo sends neither the photo nor the step", async () => {
    const app = await openApp("handler");
    theLine().answer("PUT", /photos/, { status: 200, body: PORTAL });
    expect(await take(app, "submit", "已回填", { photos: ["aa"] })).toBe("kept");
    expect([arrived(), theLine().photos.size]).toEqual([[], 0]);
  });
});
