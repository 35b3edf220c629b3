// Where life is in danger: the emergency numbers, before anything else is asked.
import type { EmergencyCall } from "../../../../static/src/shared/shapes";
import { label, t } from "../../../../static/src/shared/words";
import { useCell } from "../../core/cell";
import { forms } from "../../core/playbook";
import { EmergencyNumbers } from "../../parts/emergency";
import { Sheet } from "../../parts/sheet";

type Props = { numbers: readonly EmergencyCall[]; goOn: () => void; close: () => void };

export function Warning({ numbers, goOn, close }: Props) {
  const sheet = useCell(forms)?.danger;
  return (
    <Sheet
      full
      title={label(sheet?.title, t("emergency.title"))}
      onClose={close}
      foot={<button type="button" class="btn main big wide" onClick={goOn}>{label(sheet?.go_on, t("emergency.go_on"))}</button>}
    >
      <p class="hint">{label(sheet?.hint, t("emergency.hint"))}</p>
      <EmergencyNumbers numbers={numbers} />
    </Sheet>
  );
}
