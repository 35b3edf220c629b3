// The words that tests speak: the city's catalogue in either language.
import en from "../../../dispatch/translations/en/words.json";
import zh from "../../../dispatch/translations/zh_Hans_CN/words.json";
import { type Language, speak } from "../../../static/src/shared/words";

export const speakCity = (language: Language): void =>
  speak(language, { words: language === "en" ? en : zh });
