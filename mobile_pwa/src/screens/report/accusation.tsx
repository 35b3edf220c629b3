// Accusations against officials are not taken in: the statutory channel, and nothing stays on the phone.
import { label, t } from "../../../../static/src/shared/words";
import { announceDone } from "../../core/announce";
import { useCell } from "../../core/cell";
import { forms } from "../../core/playbook";
import { goInstead } from "../../core/route";
import { EmergencyNumbers } from "../../parts/emergency";
import { Sheet } from "../../parts/sheet";
import { discardReport } from "../../reports/store";

type Props = { report: string; isNone: () => void };

export function AccusationSheet({ report, isNone }: Props) {
  const page = useCell(forms)?.accusations;
  const erase = async (): Promise<void> => {
    await discardReport(report);
    announceDone(t("accusation.erased"));
    goInstead("home");
  };
  return (
    <Sheet
      full
      title={label(page?.title, t("accusation.title"))}
      onClose={isNone}
      foot={
        <>
          <button type="button" class="btn big wide" onClick={isNone}>{t("accusation.is_none")}</button>
          <button type="button" class="btn big wide erases" onClick={() => void erase()}>{t("accusation.is_one")}</button>
          <p class="fine">{t("accusation.erases")}</p>
        </>
      }
    >
      <p class="hint">{label(page?.hint, t("accusation.hint"))}</p>
      <EmergencyNumbers numbers={page ? [page.channel] : []} />
    </Sheet>
  );
}
