// Where life is in danger: the emergency numbers, before anything else is asked.
import { label, t } from "../../../../static/src/shared/words";
import { useCell } from "../../core/cell";
import { forms } from "../../core/playbook";
import { goInstead } from "../../core/route";
import type { Report } from "../../core/rows";
import { EmergencyNumbers } from "../../parts/emergency";
import { Sheet } from "../../parts/sheet";
import { changeReport } from "../../reports/store";

export function Warning({ report }: { report: Report }) {
  const known = useCell(forms);
  return (
    <Sheet
      full
      title={label(known?.danger?.title, t("emergency.title"))}
      onClose={() => goInstead("report", report.id, "category")}
      foot={
        <button type="button" class="btn main big wide" onClick={() => void changeReport(report.id, { warned: true })}>
          {label(known?.danger?.go_on, t("emergency.go_on"))}
        </button>
      }
    >
      <p class="hint">{label(known?.danger?.hint, t("emergency.hint"))}</p>
      <EmergencyNumbers numbers={known?.emergency} />
    </Sheet>
  );
}
