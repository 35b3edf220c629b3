// What is heard while somebody types is shown at once: danger to life first, then an accusation.
import { useCell } from "../../core/cell";
import { categoryOf, forms } from "../../core/playbook";
import type { Report } from "../../core/rows";
import { EmergencyNumbers } from "../../parts/emergency";
import { heardAccusation, heardDanger, heeding, isHeeded } from "../../reports/life-words";
import { changeReport } from "../../reports/store";
import { AccusationSheet } from "./accusation";
import { Warning } from "./warning";

type Props = { report: Report; text: string };

/** The sheet over the page, once for the same numbers; afterwards they stay below what is typed. */
export function HeardSheets({ report, text }: Props) {
  const known = useCell(forms);
  if (!known) return null;
  const danger = heardDanger(known, text, categoryOf(known, report.category));
  if (danger) {
    const heed = (): void => void changeReport(report.id, { heeded: heeding(report, danger.numbers) });
    return isHeeded(report, danger.numbers) ? <EmergencyNumbers numbers={danger.numbers} small /> : <Warning numbers={danger.numbers} goOn={heed} close={heed} />;
  }
  if (report.no_accusation || !heardAccusation(known, text)) return null;
  return <AccusationSheet report={report.id} isNone={() => void changeReport(report.id, { no_accusation: true })} />;
}
