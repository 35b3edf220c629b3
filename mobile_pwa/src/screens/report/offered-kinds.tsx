// Who was not sure of the kind is offered the three that fit what was written.
import { Icon } from "../../../../static/src/shared/mark";
import { label, t } from "../../../../static/src/shared/words";
import { useForms } from "../../core/playbook";
import type { Report } from "../../core/rows";
import { offered, UNSURE } from "../../../../static/src/shared/find-category";
import { changeReport } from "../../reports/store";

export function OfferedKinds({ report }: { report: Report }) {
  const forms = useForms();
  const kinds = forms && report.category === UNSURE ? offered(forms, report.text) : [];
  if (kinds.length === 0) return null;
  return (
    <section class="obs" aria-label={t("words_step.maybe")}>
      <p class="g">{t("words_step.maybe")}</p>
      {kinds.map(({ code, icon, label: name }) => (
        <button key={code} type="button" class="rowb" onClick={() => void changeReport(report.id, { category: code, answers: {}, warned: false })}>
          <Icon name={`c-${icon ?? "other"}`} />
          <span>{label(name)}</span>
        </button>
      ))}
    </section>
  );
}
