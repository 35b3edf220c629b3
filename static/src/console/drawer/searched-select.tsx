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
  const found = useMemo(() => (isSought ? findChoices(every, forms, sought) : every), [props.field.choices, forms, sought]);
  if (every.length < LONG && props.field.kind !== "category") return <Select {...props} />;
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
        onInput={(event) => seek(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      <Select {...props} choices={[...chosen, ...found]} />
      {isSought && <p class="soft small" role="status">{t(found.length > 0 ? "steps.found" : "steps.none_found", { n: found.length })}</p>}
    </>
  );
}
