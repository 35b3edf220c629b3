// A long list to choose from: words narrow it as the phone's search finds kinds.
import { useMemo, useState } from "preact/hooks";
import { findChoices } from "../../shared/find-category";
import { t } from "../../shared/words";
import { useSearchForms } from "../words/forms";
import { choicesOf, type ControlProps, Select } from "./select";

const LONG = 8; // fewer choices are seen at one look

export function SearchedSelect(props: ControlProps) {
  const every = choicesOf(props);
  const [sought, seek] = useState("");
  const forms = useSearchForms();
  const isSought = sought.trim() !== "";
  const find = (words: string) => (words.trim() === "" ? every : findChoices(every, forms, words));
  const found = useMemo(() => find(sought), [props.field.choices, forms, sought]);
  if (every.length < LONG && props.field.kind !== "category") return <Select {...props} />;
  /** Whoever looks for something that is not there has not chosen what stood there before. */
  const look = (words: string): void => {
    seek(words);
    if (find(words).length === 0) props.put("");
  };
  const chosen = every.filter(({ id }) => id === props.value && !found.some((each) => each.id === id));
  return (
    <>
      <input
        type="search"
        autocomplete="off"
        aria-label={t("steps.find_kind")}
        aria-describedby={`${props.id}-label`}
        placeholder={t("steps.find_kind")}
        value={sought}
        onInput={(event) => look(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      <Select {...props} choices={[...chosen, ...found]} />
      {isSought && <p class="soft small" role="status">{t(found.length > 0 ? "steps.found" : "steps.none_found", { n: found.length })}</p>}
    </>
  );
}
