// Loads the words of the pages that Flask serves, in the language of the page. Imported for that alone.
import enCity from "../../../dispatch/translations/en/words.json";
import zhCity from "../../../dispatch/translations/zh_Hans_CN/words.json";
import { speak } from "../shared/words";
import en from "./en.json";
import zh from "./zh.json";

// Chinese lies below: a sentence that English lacks is better than a key.
if (document.documentElement.lang.startsWith("en")) speak("en", { words: zhCity }, zh, { words: enCity }, en);
else speak("zh", { words: zhCity }, zh);
