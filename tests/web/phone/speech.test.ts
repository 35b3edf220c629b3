// The phone speaks as its city does: kept for the next start, also without a network, in the city's zone.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { OwnWords } from "../../../static/src/shared/shapes";

const DUTCH: OwnWords = {
  version: "1",
  tongue: "nl",
  languages: [{ tongue: "nl", code: "nl", name: "Nederlands" }],
  zone: "Europe/Amsterdam",
  terms: {},
  words: { "words.format.lang": "nl", "words.format.tag": "nl-NL", "phone.me.title": "Ik" },
};

beforeEach(() => {
  localStorage.clear();
  document.documentElement.dataset["zone"] = "";
});
afterEach(() => vi.unstubAllGlobals());

async function opened(answer: () => Promise<Response>) {
  vi.resetModules();
  vi.stubGlobal("fetch", vi.fn(answer));
  const speech = await import("../../../mobile_pwa/src/core/speech");
  const words = await import("../../../static/src/shared/words");
  const time = await import("../../../static/src/shared/time");
  await speech.beginToSpeak();
  return { ...speech, ...words, ...time };
}

const online = async () => new Response(JSON.stringify(DUTCH));
const offline = async () => Promise.reject(new TypeError("no network"));

test("the first words on a new phone are the city's, in its zone", async () => {
  const phone = await opened(online);
  expect([phone.language.value, phone.t("me.title"), document.documentElement.lang]).toEqual(["nl", "Ik", "nl"]);
  expect(phone.clockTime("2026-11-23T02:00:00Z")).toBe("03:00");
});

test("so are they at the next start without a network", async () => {
  await opened(online);
  document.documentElement.dataset["zone"] = "";
  const phone = await opened(offline);
  expect([phone.language.value, phone.t("me.title"), phone.cityZone()]).toEqual(["nl", "Ik", "Europe/Amsterdam"]);
});

test("a phone that never heard of its city speaks a language that it has, by its own clock", async () => {
  const phone = await opened(offline);
  expect(phone.hasWords("me.title")).toBe(true);
  expect(phone.cityZone()).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
});

test("what is no answer of ours changes nothing", async () => {
  await opened(online);
  const phone = await opened(async () => new Response("<html>portal</html>"));
  expect(phone.t("me.title")).toBe("Ik");
});

test.each([["with", online], ["without", offline]])("a first start that was cut off in the middle leaves no language that the city does not speak: %s a network", async (_, network) => {
  localStorage.setItem("shaodao.language", "zh");
  localStorage.setItem("shaodao.words", JSON.stringify(DUTCH));
  const phone = await opened(network);
  expect([phone.language.value, phone.t("me.title")]).toEqual(["nl", "Ik"]);
});

test("an answer that is no news still says which language is spoken", async () => {
  const phone = await opened(online);
  await phone.speakAs("zh");
  await phone.learnWords("zh");
  expect(phone.language.value).toBe("nl");
});
