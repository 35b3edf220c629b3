// The words that tests speak: of the city alone, of the console, or of the phone, in either language.
import enCity from "../../dispatch/translations/en/words.json";
import zhCity from "../../dispatch/translations/zh_Hans_CN/words.json";
import enPhone from "../../mobile_pwa/src/i18n/en.json";
import zhPhone from "../../mobile_pwa/src/i18n/zh.json";
import enConsole from "../../static/src/i18n/en.json";
import zhConsole from "../../static/src/i18n/zh.json";
import { type Catalogue, speak } from "../../static/src/shared/words";

type Tongue = "zh" | "en";

const CITY: Record<Tongue, Catalogue> = { zh: { words: zhCity }, en: { words: enCity } };
const CONSOLE: Record<Tongue, Catalogue> = { zh: zhConsole, en: enConsole };
const PHONE: Record<Tongue, Catalogue> = { zh: zhPhone, en: enPhone };

export const speakCity = (language: Tongue = "zh"): void => speak(language, CITY[language]);
export const speakConsole = (language: Tongue = "zh"): void => speak(language, CITY[language], CONSOLE[language]);
export const speakPhone = (language: Tongue = "zh"): void => speak(language, CITY[language], PHONE[language]);
