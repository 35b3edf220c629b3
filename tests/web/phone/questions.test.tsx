// Each kind of question has its control; what is touched or typed is the answer that the server reads.
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";
import { Question } from "../../../mobile_pwa/src/screens/report/questions";
import type { FormQuestion } from "../../../static/src/shared/shapes";
import { speakPhone } from "../speak";
import { labelPair } from "../shapes";

const CHOICES = [{ id: "heat", label: labelPair("发热") }, { id: "smell", label: labelPair("气味") }];

function asked(kind: string, answer?: string | number | boolean | string[]) {
  speakPhone();
  const field: FormQuestion = { name: "thing", kind, label: labelPair("什么"), required: false, choices: CHOICES, shown_when: null };
  const put = vi.fn();
  const place = document.createElement("div");
  act(() => render(<Question field={field} answer={answer} wrong={undefined} put={put} />, place));
  return { place, put };
}

const typed = (place: HTMLElement, text: string): void => {
  const input = place.querySelector<HTMLInputElement>("input, textarea");
  if (!input) throw new Error("nothing to type into");
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
};
const touched = (place: HTMLElement, nth: number): void => {
  place.querySelectorAll<HTMLInputElement>("fieldset input")[nth]?.dispatchEvent(new Event("change", { bubbles: true }));
};

test("words are sent as they are typed, also for a kind that this phone does not know", () => {
  for (const kind of ["text", "colour"]) {
    const { place, put } = asked(kind);
    typed(place, "深 3 米");
    expect(put).toHaveBeenCalledWith("深 3 米");
  }
});

test("a number is sent as one, with either comma; what is none stays for its fault", () => {
  const { place, put } = asked("number");
  typed(place, "2,5");
  typed(place, "two");
  expect(put.mock.calls).toEqual([[2.5], ["two"]]);
  expect(place.querySelector("input")?.inputMode).toBe("decimal");
});

test("one of several is chosen by its id", () => {
  const { place, put } = asked("choice", "heat");
  expect(place.querySelectorAll("input[type=radio]").length).toBe(2);
  touched(place, 1);
  expect(put).toHaveBeenCalledWith("smell");
});

test("several are chosen and given up one by one", () => {
  const { place, put } = asked("choices", ["heat"]);
  touched(place, 1);
  touched(place, 0);
  expect(put.mock.calls).toEqual([[["heat", "smell"]], [[]]]);
});

test("yes and no are true and false, and nothing is chosen before", () => {
  const { place, put } = asked("yes_no");
  expect(place.querySelectorAll("input:checked").length).toBe(0);
  touched(place, 0);
  touched(place, 1);
  expect(put.mock.calls).toEqual([[true], [false]]);
});

test.each(["Asia/Shanghai", "Europe/Berlin"])("a moment is asked by the city's clock, on a phone in %s too", (zone) => {
  vi.stubEnv("TZ", zone);
  const { place, put } = asked("date_time", "2026-11-22T02:00:00.000Z");
  expect(place.querySelector("input")?.value).toBe("2026-11-22T10:00");
  typed(place, "2026-11-22T10:30");
  typed(place, "");
  expect(put.mock.calls).toEqual([["2026-11-22T02:30:00.000Z"], [""]]);
  vi.unstubAllEnvs();
});

test("a unit is chosen from a list of names", () => {
  const { place, put } = asked("unit");
  const list = place.querySelector("select");
  expect([...(list?.options ?? [])].map(({ text }) => text).slice(1)).toEqual(["发热", "气味"]);
  if (list) list.value = "smell";
  list?.dispatchEvent(new Event("change", { bubbles: true }));
  expect(put).toHaveBeenCalledWith("smell");
});
