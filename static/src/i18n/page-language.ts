// Loads the words of the pages that Flask serves, in the language of the page, and names the others.
import order from "../../../dispatch/translations/languages.json";
import type { OwnWords, SpokenLanguage } from "../shared/shapes";
import { type Catalogue, layOver, speak } from "../shared/words";

// Each language that has a file here and a folder there.
const OWN = import.meta.glob<Catalogue>("./*.json", { eager: true, import: "default" });
const CITY = import.meta.glob<Catalogue>("../../../dispatch/translations/*/words.json", { eager: true, import: "default" });

export type PageLanguage = SpokenLanguage & { isSpoken: boolean };

const fileOf = (tongue: string): string => `./${tongue}.json`;
const cityOf = (tongue: string): Catalogue =>
  Object.entries(CITY).find(([file]) => file.split("/").at(-2)?.split("_")[0] === tongue)?.[1] ?? {};

/** What the server wrote into the page: the city's own words, its zone and its languages. */
function ownWords(): OwnWords | null {
  const written = document.getElementById("own-words")?.textContent;
  return written ? (JSON.parse(written) as OwnWords) : null;
}

const own = ownWords();
/** The city's languages, its own first, each by its own name; `isSpoken`: that of this page. */
export const pageLanguages: readonly PageLanguage[] = (own?.languages ?? []).map((each) => ({ ...each, isSpoken: each.tongue === own?.tongue }));
const tongue = own?.tongue ?? document.documentElement.lang.slice(0, 2);
// A sentence that a language lacks is better in another one than a key.
const below = fileOf(tongue) in OWN ? tongue : order.for_others;
speak(tongue, { words: cityOf(below) }, OWN[fileOf(below)] ?? {});
if (own) layOver(own, "console");
