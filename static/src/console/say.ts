// The console's words: its own catalogue and the city's, in the page's language.
import enCity from "../../../dispatch/translations/en/words.json";
import zhCity from "../../../dispatch/translations/zh_Hans_CN/words.json";
import { speak, spoken, t } from "../shared/words";
import en from "../i18n/en.json";
import zh from "../i18n/zh.json";

// Chinese lies below: a sentence that English lacks is better than a key.
if (document.documentElement.lang.startsWith("en")) speak("en", { words: zhCity }, zh, { words: enCity }, en);
else speak("zh", { words: zhCity }, zh);

export const say = t;
export const language = spoken;
