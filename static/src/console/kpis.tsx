// Six figures in one line: how many, how late, whose turn. They count everything on the board.
import type { State } from "../shared/late";
import { Mark } from "../shared/mark";
import { decimal, t } from "../shared/words";
import type { Desk, View } from "./store/desk";

type Figure = { name: string; value: number; state?: State; note: string; pressed?: boolean; press?: () => void };

export function Kpis({ desk, view }: { desk: Desk; view: View }) {
  const { open, today, late, lateState, near, unsigned, emergencies } = view.figures;
  const turns = (name: "late" | "near" | "danger") => ({
    pressed: view.filters[name],
    press: () => desk.filter({ [name]: !view.filters[name] }),
  });
  const share = decimal(open === 0 ? 0 : (late / open) * 100);
  const figures: Figure[] = [
    { name: "open", value: open, note: t("kpi.today", { n: today }) },
    {
      name: "late", value: late, state: late > 0 ? lateState : undefined,
      note: t("kpi.late_share", { share }), ...turns("late"),
    },
    { name: "near", value: near, state: near > 0 ? "near" : undefined, note: t("kpi.near_note"), ...turns("near") },
    {
      name: "unsigned", value: unsigned, note: t("kpi.unsigned_note"),
      pressed: view.filters.tab === "dispatched",
      press: () => desk.filter({ tab: view.filters.tab === "dispatched" ? "all" : "dispatched" }),
    },
    { name: "emergencies", value: emergencies, note: t("kpi.emergencies_note"), ...turns("danger") },
  ];
  return (
    <dl class="kpis" aria-label={t("kpi.label")}>
      {figures.map((figure) => (
        <Kpi key={figure.name} {...figure} />
      ))}
    </dl>
  );
}

function Kpi({ name, value, state, note, press, pressed = false }: Figure) {
  return (
    <div class={`kpi st-${state ?? "none"}`} data-kpi={name}>
      <dt>
        {press ? (
          <button type="button" class="plain" aria-pressed={pressed} onClick={press}>
            {t(`kpi.${name}`)}
          </button>
        ) : (
          t(`kpi.${name}`)
        )}
        <small>{note}</small>
      </dt>
      <dd>
        {state && <Mark state={state} />}
        <b>{value}</b>
      </dd>
    </div>
  );
}
