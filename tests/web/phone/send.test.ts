// A report is delivered once, whatever happens on the way.
// @vitest-environment node
import { expect, test } from "vitest";
import type { Report } from "../../../mobile_pwa/src/core/rows";
import { newReport } from "../../../mobile_pwa/src/reports/report";
import { type Transport, type SendOptions, sendReport } from "../../../mobile_pwa/src/reports/send";
import { Problem, Unreachable } from "../../../static/src/shared/api";
import type { PhotoKept, ReportReceipt } from "../../../static/src/shared/shapes";

const NOW = 1_000_000;
const RECEIPT = { id: "r", number: "440304-20261123-00042-K", status: "dispatched" } as ReportReceipt;
const photo = (sha256: string) => ({ sha256, width: 1, height: 1, sent: false, refused: null });
const report: Report = { ...newReport("r", "p", 0), state: "waiting", text: "有个坑", photos: [photo("a"), photo("b")] };
const refusal = (status: number, wait: number | null = null): Problem => new Problem(status, "invalid", "原因", [], wait);

type Carrier = { put?: Transport["put"]; putBytes?: (path: string, bytes: Blob, type: string) => Promise<PhotoKept | void> };

function errand(carrier: Carrier): SendOptions & { went: string[] } {
  const went: string[] = [];
  return {
    went,
    transport: {
      put: async (path, body) => (went.push(path), carrier.put ? carrier.put(path, body) : RECEIPT),
      putBytes: async (path, bytes, type) => (went.push(path), (await carrier.putBytes?.(path, bytes, type)) ?? { sha256: path.split("/").at(-1) ?? "" }),
    },
    photo: async () => new Blob(["x"]),
    lostWords: "找不到了",
    now: () => NOW,
  };
}

test("words first, then each photo; then it is delivered", async () => {
  const way = errand({});
  const after = await sendReport(report, way);
  expect(way.went).toEqual(["/api/v1/alerts/r", "/api/v1/alerts/r/photos/a", "/api/v1/alerts/r/photos/b"]);
  expect(after).toMatchObject({ state: "sent", receipt: RECEIPT, trouble: null });
});

test("silence keeps it waiting, and the next try comes later each time", async () => {
  const silent = errand({ put: async () => { throw new Unreachable("no"); } });
  const once = await sendReport(report, silent);
  const twice = await sendReport(once, silent);
  expect(once).toMatchObject({ state: "waiting", tries: 1, next_try: NOW + 5_000, trouble: { kind: "unreachable" } });
  expect(twice.next_try).toBe(NOW + 15_000);
});

test("cut after the words arrived: the receipt is kept, and only what is missing goes out again", async () => {
  let cut = true;
  const flaky = errand({ putBytes: async (path) => { if (cut && path.endsWith("/b")) throw new Unreachable("cut"); } });
  const half = await sendReport(report, flaky);
  expect(half).toMatchObject({ state: "waiting", receipt: RECEIPT });
  cut = false;
  flaky.went.length = 0;
  expect((await sendReport(half, flaky)).state).toBe("sent");
  expect(flaky.went).toEqual(["/api/v1/alerts/r", "/api/v1/alerts/r/photos/b"]);
});

test("the server's wait is respected", async () => {
  const after = await sendReport(report, errand({ put: async () => { throw refusal(503, 40); } }));
  expect(after).toMatchObject({ state: "waiting", next_try: NOW + 40_000, trouble: { kind: "busy" } });
});

test("a photo that the server has no room for waits, one that costs too much is told", async () => {
  const full = errand({ putBytes: async () => { throw refusal(503, 40); } });
  const after = await sendReport(report, full);
  expect(after).toMatchObject({ state: "waiting", receipt: RECEIPT, next_try: NOW + 40_000, trouble: { kind: "busy" } });
  expect(after.photos.every(({ sent, refused }) => !sent && refused === null)).toBe(true);
  const dear = await sendReport(report, errand({ putBytes: async () => { throw refusal(422); } }));
  expect(dear).toMatchObject({ state: "sent" });
  expect(dear.photos.every(({ refused }) => refused === "原因")).toBe(true);
});

test("signed out: it waits for the person, not for a clock", async () => {
  const after = await sendReport(report, errand({ put: async () => { throw refusal(401); } }));
  expect(after).toMatchObject({ state: "waiting", next_try: null, trouble: { kind: "signed_out" } });
});

test("a refusal is told with its reason and can be mended", async () => {
  const after = await sendReport(report, errand({ put: async () => { throw refusal(422); } }));
  expect(after).toMatchObject({ state: "refused", trouble: { detail: "原因" } });
});

test("a photo that is refused does not hold up the words or the other photo", async () => {
  const picky = errand({ putBytes: async (path) => { if (path.endsWith("/a")) throw refusal(413); } });
  const after = await sendReport(report, picky);
  expect(after.state).toBe("sent");
  expect(after.photos.map(({ sent, refused }) => [sent, refused])).toEqual([[false, "原因"], [true, null]]);
});
