// A server that was restored from a backup lacks what was reported since: the phone offers it again.
import { h } from "preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Card } from "../../../static/src/shared/shapes";
import { drawn, hide, show, texts } from "../screen";
import { passes } from "../time";
import { keysOf, newPhone, openApp, photo, type Phone, said, theLine } from "./phone";
import { submitted, written } from "./reporting";

newPhone();
afterEach(hide);

const card = (id: string): Card =>
  ({ id, category: "E0113", short: "00042-K", status: "dispatched", reported_at: "2026-11-23T02:00:00Z", promises: [] }) as unknown as Card;

/** The server lists what it has. */
function lists(app: Phone): void {
  const line = theLine();
  theLine().answers.set(app.server.PATHS.mine, { get alerts() { return [...line.kept.keys()].map(card); }, next: null });
}

/** It has more than it lists. */
const listsNothing = (app: Phone): void => void theLine().answers.set(app.server.PATHS.mine, { alerts: [], next: null });

/** The server as it was before the report: it gives another number to what comes in now. */
function restored(app: Phone): void {
  theLine().kept.clear();
  theLine().reports.clear();
  theLine().photos.clear();
  theLine().went.length = 0;
  theLine().took = 0;
  theLine().numbers = "440304-20261124-5";
  lists(app);
}

async function look(at: "mine" | "home" | "sent" = "mine", id = ""): Promise<void> {
  const { go } = await import("../../../mobile_pwa/src/core/route");
  go(at, id);
  await passes(0);
  dispatchEvent(new Event("hashchange"));
  const [{ Mine }, { Home }, { Sent }] = await Promise.all([
    import("../../../mobile_pwa/src/screens/mine"), import("../../../mobile_pwa/src/screens/home"), import("../../../mobile_pwa/src/screens/sent"),
  ]);
  hide(); // another look is another question
  await show(h({ mine: Mine, home: Home, sent: Sent }[at], {}));
  for (let turn = 0; turn < 3; turn += 1) await drawn(); // asked, offered, drawn anew
}

describe("a delivered report that the server does not know any more", () => {
  let app: Phone;
  let id: string;

  beforeEach(async () => {
    app = await openApp("volunteer");
    id = await submitted(app, "路面有个坑", ["aa", "bb"]);
    await passes(1_000);
    restored(app);
  });

  test.each(["home", "mine"] as const)("is sent again under its own id when %s is looked at, words and photos", async (screen) => {
    const first = app.reportById(id)?.receipt?.number;
    await look(screen);
    expect(theLine().reports.get(id)).toMatchObject({ text: "路面有个坑", photos: ["aa", "bb"] });
    expect([...(theLine().kept.get(id)?.photos ?? [])]).toEqual(["aa", "bb"]);
    expect(app.reportById(id)).toMatchObject({ state: "sent", offered: first, receipt: { number: `440304-20261124-5${id}` } });
  });

  test("is the same report as it was: its body does not change", async () => {
    const before = JSON.stringify((await (await app.database.db()).get("reports", id))?.device_at);
    await look();
    expect(JSON.stringify(theLine().reports.get(id))).toContain(before);
  });

  test("tells its new number, and that the old one is over", async () => {
    const first = app.reportById(id)?.receipt?.number ?? "";
    await look();
    await passes(20);
    expect(said()).toContain(`440304-20261124-5${id}`);
    await look("sent", id);
    expect(texts(".sent ~ *").join(" ")).toContain(first);
  });

  test("is said to be sent again while that takes its time", async () => {
    theLine().answer("PUT", /alerts/, { status: 503 });
    await look();
    expect(app.reportById(id)).toMatchObject({ state: "waiting", receipt: null });
    await look("sent", id);
    expect(texts(".hint").join(" ")).toContain("服务器由备份恢复");
  });

  test("is offered once, however often its list is looked at", async () => {
    await look();
    await look("home");
    await look();
    expect([theLine().took, theLine().sent("PUT").length]).toEqual([1, 3]);
  });

  test("is offered again where the server is restored a second time", async () => {
    await look();
    await passes(1_000);
    restored(app);
    theLine().numbers = "440304-20261124-10";
    await look();
    expect(app.reportById(id)).toMatchObject({ state: "sent", receipt: { number: `440304-20261124-10${id}` } });
  });

  test("is offered after a week no more: then it is gone from the phone", async () => {
    vi.setSystemTime(Date.now() + 7 * 24 * 3600_000 + 1_000);
    await openApp("volunteer");
    await look();
    expect(theLine().sent("PUT")).toEqual([]);
  });

  test("is not offered to the server by another person on the same phone", async () => {
    await openApp("grid_worker");
    await look();
    expect(theLine().sent("PUT")).toEqual([]);
  });

  test("is not taken for lost because of a list that was kept while there is no network", async () => {
    await look();
    theLine().went.length = 0;
    theLine().state = "down";
    await look();
    expect(theLine().sent("PUT")).toEqual([]);
    expect(app.reportById(id)?.state).toBe("sent");
  });
});

describe("a report that the server has", () => {
  test("is not sent again", async () => {
    const app = await openApp("volunteer");
    await submitted(app);
    await passes(1_000);
    lists(app);
    theLine().went.length = 0;
    await look();
    expect(theLine().sent("PUT")).toEqual([]);
  });

  test("and does not list is offered once alone: the same number says that it was there", async () => {
    const app = await openApp("volunteer");
    await submitted(app);
    await passes(1_000);
    listsNothing(app);
    theLine().went.length = 0;
    await look();
    await look("home");
    await look();
    expect([theLine().sent("PUT").length, theLine().took]).toEqual([1, 1]);
  });

  test("and that was delivered after the list was asked for is no lost one", async () => {
    const app = await openApp("volunteer");
    listsNothing(app);
    const { offerAgain } = await import("../../../mobile_pwa/src/reports/offer-again");
    const askedAt = Date.now();
    await passes(10);
    await submitted(app);
    theLine().went.length = 0;
    await offerAgain([], askedAt);
    expect(theLine().sent("PUT")).toEqual([]);
  });
});

test("drafts, and what waits or was refused, are nothing that a server lost", async () => {
  const app = await openApp("volunteer");
  await written(app, "草稿");
  theLine().refuse("PUT", /alerts/, 422, "不收");
  await submitted(app, "被拒绝");
  listsNothing(app);
  theLine().went.length = 0;
  await look();
  expect(theLine().sent("PUT")).toEqual([]);
});

test("on a full phone photos that were delivered give way to new ones", async () => {
  const app = await openApp("volunteer");
  const old = await submitted(app, "已送达", ["aa"]);
  const id = await written(app, "新的");
  const put = IDBObjectStore.prototype.put;
  const roomFor = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, value, key) {
    if (this.name === "photos" && isFull) throw new DOMException("full", "QuotaExceededError");
    return put.call(this, value, key);
  });
  const erase = IDBObjectStore.prototype.delete;
  const makesRoom = vi.spyOn(IDBObjectStore.prototype, "delete").mockImplementation(function (this: IDBObjectStore, key) {
    isFull = false;
    return erase.call(this, key);
  });
  let isFull = true;
  const { bytes, ...own } = photo("bb");
  await app.addPhoto(id, { ...own, sent: false, refused: null }, bytes);
  roomFor.mockRestore();
  makesRoom.mockRestore();
  expect(await keysOf(app, "photos")).toEqual([`${id}/bb`]);
  expect(app.reportById(old)?.state).toBe("sent");
});
