// The left of the console: tabs by status, filters, the pill of newcomers, and the rows.
import { useState } from "preact/hooks";
import { statusShort } from "../../shared/city-words";
import { Icon } from "../../shared/mark";
import { t } from "../../shared/words";
import type { Desk, View } from "../store/desk";
import type { Elsewhere } from "../store/elsewhere";
import { countFilters, type Tab, TABS } from "../store/filters";
import { ElsewhereList } from "./elsewhere-list";
import { FilterPanel } from "./filter-panel";
import { Rows } from "./rows";

type Props = {
  desk: Desk;
  view: View;
  active: string | null;
  setActive: (id: string) => void;
  /** Whether this person decides on what is asked. */
  decides: boolean;
  elsewhere: Elsewhere;
  open: (id: string) => void;
};

export function ListPane({ desk, view, active, setActive, decides, elsewhere, open: openAlert }: Props) {
  const [open, setOpen] = useState(false);
  const narrowed = countFilters(view.filters);
  return (
    <section class="list" aria-label={t("list.region")}>
      <Tabs desk={desk} view={view} decides={decides} />
      <div class="lh">
        <button type="button" class="fbtn" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name="filter" size="s" />
          {narrowed > 0 ? t("filter.some", { n: narrowed }) : t("filter.button")}
        </button>
        <span class="soft small">{t("list.order")}</span>
        {view.waiting.length > 0 && (
          <button type="button" class="newp" onClick={() => showNew(desk)}>
            <Icon name="up" size="s" />
            {t("list.new", { n: view.waiting.length })}
          </button>
        )}
      </div>
      {view.unknown.length > 0 && <p class="none" role="status">{t("list.unknown", { what: view.unknown.join(t("list.comma")) })}</p>}
      {open && <FilterPanel desk={desk} view={view} close={() => setOpen(false)} />}
      {view.order.length === 0 && elsewhere.state === "none" && <Nothing view={view} />}
      <ElsewhereList found={elsewhere} labels={view.live.board.labels} open={openAlert} />
      <Rows desk={desk} view={view} active={active} setActive={setActive} />
    </section>
  );
}

function showNew(desk: Desk): void {
  document.getElementById("list")?.scrollTo({ top: 0 });
  desk.showWaiting();
}

/** The statuses that hold something, and the one that is chosen: no row of noughts. */
function Tabs({ desk, view, decides }: { desk: Desk; view: View; decides: boolean }) {
  const tabs = inOrder(decides).filter(
    (tab) => tab === "all" || tab === view.filters.tab || (view.counts.get(tab) ?? 0) > 0,
  );
  return (
    <nav class="duty" aria-label={t("list.tabs")}>
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          aria-current={tab === view.filters.tab ? "true" : undefined}
          onClick={() => desk.filter({ tab })}
        >
          {tabName(tab)}
          <b>{view.counts.get(tab) ?? 0}</b>
        </button>
      ))}
    </nav>
  );
}

/** What waits for a decision comes first for whoever decides. */
const inOrder = (decides: boolean): readonly Tab[] =>
  decides ? ["asked", ...TABS.filter((tab) => tab !== "asked")] : TABS;

const tabName = (tab: Tab): string => (tab === "all" || tab === "asked" ? t(`list.${tab}`) : statusShort(tab));

function Nothing({ view }: { view: View }) {
  if (view.live.link === "loading") return <p class="none">{t("list.loading")}</p>;
  const narrowed = countFilters(view.filters) > 0 || view.filters.q !== "" || view.filters.tab !== "all";
  return <p class="none">{t(narrowed ? "list.none_here" : "list.none")}</p>;
}
