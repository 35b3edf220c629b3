// The language of the phone: chosen once, kept, one catalogue loaded at a time.
import { type Catalogue, type Tongue, speak, tagOf } from "../../../static/src/shared/words";
import { Cell } from "./cell";
import { keep, kept } from "./memory";

const KEPT = "shaodao.language";

type Pack = { default: Catalogue };

const LOAD: Record<Tongue, () => Promise<[Pack, Pack]>> = {
  zh: () => Promise.all([import("../i18n/zh.json"), import("../../../dispatch/translations/zh_Hans_CN/words.json")]),
  en: () => Promise.all([import("../i18n/en.json"), import("../../../dispatch/translations/en/words.json")]),
};

/** The language that is spoken; set only after its words are there. */
export const language = new Cell<Tongue | null>(null);

export async function speakAs(chosen: Tongue): Promise<void> {
  const [own, city] = await LOAD[chosen]();
  speak(chosen, own.default, { words: city.default });
  document.documentElement.lang = tagOf(chosen);
  keep(KEPT, chosen);
  language.set(chosen);
}

/** As chosen before; the first time, as the phone itself speaks. */
export function keptLanguage(): Tongue {
  const chosen = kept(KEPT);
  if (chosen !== null) return chosen === "en" ? "en" : "zh";
  const tongue = navigator.languages.find((tag) => /^(zh|en)\b/.test(tag));
  return tongue?.startsWith("en") ? "en" : "zh";
}
