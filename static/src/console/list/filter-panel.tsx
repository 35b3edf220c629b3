// The filters of the list. Only what stands on the board can be chosen.
import type { Card } from "../../shared/shapes";
import { t } from "../../shared/words";
import type { Desk, View } from "../store/desk";
import { SINCE, type Filters, type Since } from "../store/filters";
import { categoryName, unitName } from "../words/names";

type Props = { desk: Desk; view: View; close: () => void };
type FilterOption = { id: string; label: string };

const SWITCHES = ["late", "near", "danger"] as const;

export function FilterPanel({ desk, view, close }: Props) {
  const { filters, live } = view;
  const { labels } = live.board;
  const cards = [...live.board.cards.values()];
  const units = (of: (card: Card) => string | null) =>
    options(cards, of, (id) => unitName(labels, id));
  const put = (name: keyof Filters) => (value: string) => desk.filter({ [name]: value });
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()} aria-label={t("filter.label")}>
      <FilterSelect label={t("filter.lead")} value={filters.lead} options={units((card) => card.lead)} onPick={put("lead")} />
      <FilterSelect
        label={t("filter.category")}
        value={filters.category}
        options={options(cards, (card) => card.category, (code) => categoryName(labels, code))}
        onPick={put("category")}
      />
      <FilterSelect label={t("filter.street")} value={filters.street} options={units((card) => card.street)} onPick={put("street")} />
      <FilterSelect label={t("filter.grid")} value={filters.grid} options={units((card) => card.grid)} onPick={put("grid")} />
      <FilterSelect
        label={t("filter.since")}
        value={filters.since}
        options={SINCE.filter(Boolean).map((since) => ({ id: since, label: t(`since.${since}`) }))}
        onPick={(since) => desk.filter({ since: since as Since })}
      />
      {SWITCHES.map((name) => (
        <label key={name} class="check">
          <input type="checkbox" checked={filters[name]} onChange={(event) => desk.filter({ [name]: event.currentTarget.checked })} />
          {t(`filter.${name}`)}
        </label>
      ))}
      <FilterFoot count={view.order.length + view.waiting.length} clear={() => desk.clearFilters()} close={close} />
    </form>
  );
}

function FilterFoot({ count, clear, close }: { count: number; clear: () => void; close: () => void }) {
  return (
    <div class="filter-foot">
      <button type="button" class="btn quiet" onClick={clear}>
        {t("filter.clear")}
      </button>
      <button type="button" class="btn" onClick={close}>
        {t("filter.done", { n: count })}
      </button>
    </div>
  );
}

type FilterSelectProps = { label: string; value: string; options: FilterOption[]; onPick: (id: string) => void };

function FilterSelect({ label, value, options, onPick }: FilterSelectProps) {
  return (
    <label class="pick">
      {label}
      <select value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">{t("filter.any")}</option>
        {options.map(({ id, label: words }) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function options(
  cards: readonly Card[],
  of: (card: Card) => string | null,
  name: (id: string) => string,
): FilterOption[] {
  const ids = [...new Set(cards.map(of))].filter((id): id is string => id !== null);
  return ids
    .map((id) => ({ id, label: name(id) }))
    .sort((a, b) => a.label.localeCompare(b.label, "zh-Hans-CN"));
}
