// Answers of the server as tests need them: whole, with what the test is about laid over the rest.
import zhCity from "../../dispatch/translations/zh_Hans_CN/words.json";
import type { CardPromise, StepField, StepName, StepOffer, StepPlace } from "../../static/src/shared/shapes";

/** The same word in both languages. */
export const labelPair = (word: string): Record<string, string> => ({ zh: word, en: word });

/** A category whose playbook says nothing of words and numbers; forms that listen for nothing. */
export const NO_WORDS = { say: null, words: [], emergency: [], advice: null, accusation: false, choice: null };
export const NO_DANGER = {
  emergency: [], hotlines: [], danger: { title: null, hint: null, go_on: null }, life_words: [], denials: { before: "", after: "", calm: "", turns: "" }, accusations: null, sounds: {}, asking: {},
};

/** A clock that runs and fills evenly; a limit in hours that pass. */
export const promise = (over: Partial<CardPromise>): CardPromise => ({
  clock: "dispose", support: null, mode: null, unit: null, state: "running", started_at: "2026-11-23T00:00:00Z", due_at: null,
  limit: { value: 1, unit: "hours" }, extended: 0, flag: null, course: null, paused: null, ...over,
});

/** A field that is called as it is named, with nothing to choose from. */
export const field = (name: string, kind: StepField["kind"], over: Partial<StepField> = {}): StepField => ({
  name, kind, required: false, label: name, choices: [], ...over,
});

export const offer = (step: StepName, place: StepPlace, ...fields: StepField[]): StepOffer => ({
  step, label: zhCity.step[step], main: place === "main", place, fields,
});
