// What a report lacks, which questions it is asked, and the body that is sent. Pure.
import type { FormCategory, FormQuestion, ReportBody } from "../../../static/src/shared/shapes";
import type { AnswerValue, Report } from "../core/rows";
import { isAsked, isNothing } from "./asked-when";

export function newReport(id: string, person: string, now: number): Report {
  return {
    id, person, made_at: now, changed_at: now, state: "draft",
    category: null, warned: false, answers: {}, text: "", pin: null, photos: [],
    tries: 0, next_try: null, trouble: null, receipt: null,
  };
}

/** An opened form in which nobody wrote anything is no draft. */
export const isEmpty = (report: Report): boolean =>
  report.category === null && report.photos.length === 0 && !report.text.trim() && !report.landmark?.trim() && report.pin === null;

/** Photos that did not arrive, which the person has not been shown yet. */
export const hasUnreadLosses = (report: Report): boolean =>
  report.state === "sent" && report.losses_read !== true && report.photos.some(({ refused }) => refused !== null);

/** Delivered before the server was asked for its list, and not in it: it was restored from a backup that is
 *  older. Once the server answers with the number that it had before, it was there all the time. */
export const isLost = ({ id, state, receipt, delivered_at, offered }: Report, listed: ReadonlySet<string>, askedAt: number): boolean =>
  state === "sent" && receipt !== null && !listed.has(id) && (delivered_at ?? 0) < askedAt && offered !== receipt.number;

/** Waiting again as it was sent the first time, under its own id; its photos go along. */
export const offeredAgain = ({ photos, receipt, offered }: Report): Partial<Report> => ({
  state: "waiting", tries: 0, next_try: null, trouble: null, receipt: null,
  offered: receipt?.number ?? offered ?? "",
  photos: photos.map((photo) => ({ ...photo, sent: false })),
});

/** It has another number now than the person was told first. */
export const isRenumbered = ({ offered, receipt }: Report): boolean =>
  offered !== undefined && receipt !== null && receipt.number !== offered;

export type Part = "photo" | "category" | "place" | "words";
export const PARTS: readonly Part[] = ["photo", "category", "place", "words"];

const MENDED_AT: Record<string, Part> = { category: "category", position: "place", grid: "place", landmark: "place", photos: "photo" };

/** The screen on which what the server refused can be changed. */
export function partToMend({ trouble }: Report): Part {
  if (trouble?.code === "place_implausible") return "place";
  const parts = (trouble?.faults ?? []).flatMap(({ field }) => MENDED_AT[field.split(".")[0] ?? ""] ?? []);
  return PARTS.find((part) => parts.includes(part)) ?? "words";
}

export type Lack = { part: Part; key: string; params?: Record<string, number>; field?: string };

/** What is still missing, in the order of the screens. */
export function lacks(report: Report, category: FormCategory | null): Lack[] {
  const found: Lack[] = [];
  const least = category?.photos.min ?? 0;
  if (report.photos.length < least) found.push({ part: "photo", key: "lack.photos", params: { least } });
  if (report.category === null) found.push({ part: "category", key: "lack.category" });
  if (report.pin === null) found.push({ part: "place", key: "lack.place" });
  if (report.text.trim().length < 2 && report.photos.length === 0) found.push({ part: "words", key: "lack.words" });
  else if (report.text.trim().length === 1) found.push({ part: "words", key: "lack.words" });
  for (const field of shownFields(category, report.answers)) {
    if (field.required && isNothing(report.answers[field.name])) {
      found.push({ part: "words", key: "lack.answer", field: field.name });
    }
  }
  return found;
}

/** Questions that hang on another answer are asked once that answer is given, and was asked for
 * itself. What only the server can tell is shown and not demanded. */
export function shownFields(category: FormCategory | null, answers: Record<string, AnswerValue>): FormQuestion[] {
  const given: Record<string, AnswerValue> = {};
  const shown: FormQuestion[] = [];
  for (const field of category?.fields ?? []) {
    const asked = isAsked(field, given);
    if (asked === false) continue;
    shown.push(asked === null ? { ...field, required: false } : field);
    const answer = answers[field.name];
    if (answer !== undefined) given[field.name] = answer;
  }
  return shown;
}

/** Answers to questions that are no longer asked stay behind. */
export function withAnswersAsked(report: Report, category: FormCategory | null): Report {
  if (!category) return report;
  const asked = new Set(shownFields(category, report.answers).map(({ name }) => name));
  const answers = Object.entries(report.answers).filter(([name, answer]) => asked.has(name) && !isNothing(answer));
  return { ...report, answers: Object.fromEntries(answers) };
}

/** The times that go along: when it was seen, as the server's clock would say, and what the phone's own says now. */
export function stamped(report: Report, now: number, skew: number): Report {
  const seen = new Date(Math.min(report.made_at, now) + skew).toISOString();
  return { ...report, occurred_at: report.occurred_at === undefined ? seen : report.occurred_at, device_at: new Date(now).toISOString() };
}

/** What goes to the server; the same report always makes the same body. */
export function reportBody(report: Report): ReportBody {
  return {
    category: report.category ?? "", // nothing is sent without one
    text: report.text.trim(),
    position: report.pin && { ...report.pin, crs: "wgs84" },
    answers: report.answers,
    photos: report.photos.map(({ sha256 }) => sha256),
    ...(report.landmark?.trim() ? { landmark: report.landmark.trim() } : {}),
    ...(report.occurred_at ? { occurred_at: report.occurred_at } : {}),
    ...(report.device_at ? { device_at: report.device_at } : {}),
    ...(report.about_unit ? { about_unit: report.about_unit } : {}),
  };
}

/** How people say a number within the year: without the district's code, where it has one, and the year. */
export const shortNumber = (number: string): string => number.split("-").slice(-3).join("-").slice("2026".length);
