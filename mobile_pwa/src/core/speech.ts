// The language of the phone: chosen once, kept, one catalogue loaded at a time; the city's own words over it.
import order from "../../../dispatch/translations/languages.json";
import type { OwnWords } from "../../../static/src/shared/shapes";
import { type Catalogue, type Tongue, layOver, speak, t } from "../../../static/src/shared/words";
import { Cell } from "./cell";
import { keep, kept } from "./memory";

const KEPT = "shaodao.language";
const KEPT_OWN = "shaodao.words";

// Each language that has a file here and a folder there.
const OWN = import.meta.glob<Catalogue>("../i18n/*.json", { import: "default" });
const CITY = import.meta.glob<Catalogue>("../../../dispatch/translations/*/words.json", { import: "default" });

const tongueOf = (file: string): string => file.split("/").at(-2)?.split("_")[0] ?? "";
const loaderIn = (files: typeof CITY, tongue: string) =>
  Object.entries(files).find(([file]) => tongueOf(file) === tongue)?.[1];
const fileOf = (tongue: string): string => `../i18n/${tongue}.json`;
const isBuiltIn = (tongue: string): boolean => fileOf(tongue) in OWN;

/** The language that is spoken; set only after its words are there. */
export const language = new Cell<Tongue | null>(null);
/** What the city says of itself in that language; null before it was ever heard. */
export const city = new Cell<OwnWords | null>(keptWords());

/** Speaks a language; the words that the phone was built with stand below the city's own. */
export async function speakAs(chosen: Tongue): Promise<void> {
  const built = isBuiltIn(chosen) ? chosen : order.for_others;
  const [own, ofCity] = await Promise.all([OWN[fileOf(built)]?.(), loaderIn(CITY, built)?.()]);
  speak(chosen, own ?? {}, { words: ofCity ?? {} });
  if (city.value?.tongue === chosen) layOver(city.value, "phone");
  document.documentElement.lang = t("words.format.lang");
  keep(KEPT, chosen);
  language.set(chosen);
}

/** Asks the city for its words in a language, and speaks as it answers; without a network by what is kept. */
export async function learnWords(wanted: Tongue): Promise<void> {
  const answer = await fetch(`/api/v1/words/${encodeURIComponent(wanted)}`).catch(() => null);
  const told = answer?.ok ? ((await answer.json().catch(() => null)) as OwnWords | null) : null;
  if (!told?.tongue) return;
  const isNews = JSON.stringify(told) !== JSON.stringify(city.value);
  if (isNews) {
    keep(KEPT_OWN, JSON.stringify(told));
    city.set(told);
    setZone();
  }
  if (isNews || language.value !== told.tongue) await speakAs(told.tongue);
}

/** Another language was chosen: the city's words in it, at once what the phone has itself. */
export async function choose(chosen: Tongue): Promise<void> {
  if (isBuiltIn(chosen)) await speakAs(chosen);
  await learnWords(chosen);
}

/** The first words on the screen. A phone that never heard of its city waits for it, else asks behind. */
export async function beginToSpeak(): Promise<void> {
  const wanted = keptLanguage();
  setZone();
  if (city.value === null) await learnWords(wanted);
  if (language.value === null) await speakAs(wanted);
  void learnWords(language.value ?? wanted);
}

/** As chosen before; the first time, as the phone itself speaks; never what the city is known not to speak. */
export function keptLanguage(): Tongue {
  const ofPhone = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  const chosen = kept(KEPT) ?? ofPhone.find(isBuiltIn) ?? tongueOf(`${order.first}/`);
  const known = city.value;
  return !known || known.languages.some(({ tongue }) => tongue === chosen) ? chosen : known.tongue;
}

function keptWords(): OwnWords | null {
  try {
    return JSON.parse(kept(KEPT_OWN) ?? "null") as OwnWords | null;
  } catch {
    return null;
  }
}

/** The city's clock, also on a phone that travels. */
function setZone(): void {
  if (city.value) document.documentElement.dataset["zone"] = city.value.zone;
}
