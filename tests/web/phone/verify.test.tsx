// What the phone lists to verify is what the server says that its reader may verify.
import { afterEach, expect, test } from "vitest";
import { card } from "../console/board";
import { hide, show, texts } from "../screen";
import type { Forms } from "../../../static/src/shared/shapes";
import { labelPair, NO_DANGER, offer, promise } from "../shapes";
import { passes } from "../time";
import { newPhone, openApp, theLine } from "./phone";

newPhone();
afterEach(hide);

test("it comes with the tasks; what merely waits for somebody's look is not asked for", async () => {
  await openApp("grid");
  theLine().answers.set("/api/v1/tasks", { now: "2026-11-23T02:00:00Z", tasks: [card("t")], verify: [card("v", { category: "E0113", status: "verifying", street: "lianhua" })] });
  const { Verify } = await import("../../../mobile_pwa/src/screens/tasks");
  await show(<Verify />);
  await passes(100);
  expect(texts(".card b")).toHaveLength(1);
  expect(theLine().sent("GET").filter((path) => path.includes("verifying"))).toEqual([]);
});

test("that it is not solved stands beside that it is, where neither has to be looked for", async () => {
  await openApp("grid_worker");
  const page = {
    id: "v", version: 1, short: "0001", category: "E0113", status: "verifying", steps: [offer("verify_ok", "main"), offer("verify_fail", "beside"), offer("note", "beside")],
    promises: [], photos: [], answers: [], timeline: [], requests: [], supervision: null, suspension: null, merged: null, mine: false, lon: null, lat: null,
  };
  theLine().answers.set("/api/v1/alerts/v", page);
  await showAlert("v");
  expect(texts(".foot .btn")).toEqual(["办好了，核实通过", "没办好，退回返工"]);
  expect(texts(".others .btn")).toEqual(["记录"]);
});

test("whoever handles it reads which word made it a danger to life", async () => {
  await openApp("handler");
  const page = {
    id: "g", version: 1, short: "0001", category: "E0113", status: "signed", steps: [], decision: { life_word: "煤气味" },
    promises: [], photos: [], answers: [], timeline: [], requests: [], supervision: null, suspension: null, merged: null, mine: false, lon: null, lat: null,
  };
  theLine().answers.set("/api/v1/alerts/g", page);
  await showAlert("g");
  expect(texts("main .hint b")).toEqual(["听到“煤气味”，按涉及人身安全办理"]);
});

test("whoever comes first reads how far their own unit is, not only where the alert stands", async () => {
  await openApp("grid_worker");
  const { session } = await import("../../../mobile_pwa/src/core/session");
  const [own] = session.value?.roles ?? [];
  const page = {
    id: "f", version: 1, short: "0001", category: "E0113", status: "dispatched", lead: "RQJT", steps: [], street: own?.unit ?? "", community: null, life_safety: false, whistle: null,
    helping: [{ unit: own?.unit, label: "福田街道", mode: "first", state: "signed", state_label: "已签收" }, { unit: "CGJ", label: "城管局", mode: "required", state: "called", state_label: "待签收" }],
    promises: [
      promise({ clock: "sign", unit: "RQJT", due_at: "2026-11-23T02:10:00Z" }),
      promise({ clock: "dispose", unit: "RQJT", due_at: "2026-11-23T04:00:00Z" }),
      promise({ clock: "arrive", support: "CGJ", unit: "CGJ", due_at: "2026-11-23T02:05:00Z" }),
      promise({ clock: "arrive", support: own?.unit ?? "", mode: "first", unit: own?.unit ?? "", due_at: "2026-11-23T02:20:00Z" }),
    ],
    photos: [], answers: [], timeline: [], requests: [], supervision: null, suspension: null, merged: null, mine: false, lon: null, lat: null,
  };
  const { forms } = await import("../../../mobile_pwa/src/core/playbook");
  forms.set({ ...NO_DANGER, version: "1", groups: {}, categories: [], about: [], units: { RQJT: labelPair("深圳燃气集团"), CGJ: labelPair("城管局"), [own?.unit ?? ""]: labelPair("福田街道") } } as unknown as Forms);
  theLine().answers.set("/api/v1/alerts/f", page);
  await showAlert("f");
  expect(texts(".status")).toEqual(["先期处置 · 福田街道：已签收；深圳燃气集团：待签收"]);
  expect(texts("main > .clock small")).toEqual([expect.stringContaining("福田街道（先期处置）到场")]);
  expect(texts(".other-clocks summary")).toEqual(["其他单位的时限 3 项"]);
  expect(texts(".other-clocks .clock small").map((each) => each.replace(/.*前/, ""))).toEqual(["城管局协办到场", "深圳燃气集团要签收", "深圳燃气集团要处置"]);
});

async function showAlert(id: string): Promise<void> {
  const { go } = await import("../../../mobile_pwa/src/core/route");
  go("alert", id);
  dispatchEvent(new Event("hashchange"));
  const { AlertScreen } = await import("../../../mobile_pwa/src/screens/alert/alert-screen");
  await show(<AlertScreen />);
  await passes(200);
}
