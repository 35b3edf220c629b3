// Why it was sent there: the decision as a sentence, then the rules that missed, with the values seen.
import { Icon } from "../../shared/mark";
import type { ConsideredRule, DecisionTrace, Labels } from "../../shared/shapes";
import { t } from "../../shared/words";
import { unitName } from "../words/names";

/** `lead`: who holds it now, which people may have changed since the rules spoke. */
type Props = { decision: DecisionTrace | null; lead: string | null; labels: Labels };

/** Unknown outcomes of a newer server stand as what was added. */
const ICONS: Record<string, string> = { matched: "check", missed: "x", lost: "minus" };

export function Why({ decision, lead, labels }: Props) {
  if (decision === null) return null;
  const title =
    lead === null
      ? t("why.title_nobody")
      : lead === decision.lead
        ? t("why.title", { unit: unitName(labels, lead) })
        : t("why.title_first");
  return (
    <section>
      <h3>
        <Icon name="why" size="s" />
        {title}
        {decision.playbook_version != null && (
          <small>{t("why.playbook", { n: decision.playbook_version })}</small>
        )}
      </h3>
      <p class="because">{decision.sentence}</p>
      <ol class="trace">
        {decision.considered.map((rule, index) => (
          <Rule key={`${rule.rule}${index}`} rule={rule} />
        ))}
      </ol>
      {(decision.others ?? 0) > 0 && <p class="soft small">{t("why.others", { n: decision.others ?? 0 })}</p>}
    </section>
  );
}

const CLASSES: Record<string, string> = { matched: "hit", missed: "miss", lost: "miss" };

function Rule({ rule }: { rule: ConsideredRule }) {
  return (
    <li class={CLASSES[rule.outcome] ?? "also"}>
      <Icon name={ICONS[rule.outcome] ?? "plus"} size="s" />
      <div>
        {rule.sentence}
        {rule.outcome !== "missed" && <Seen rule={rule} />}
        <code>{address(rule)}</code>
      </div>
    </li>
  );
}

/** A rule that missed says its values in its sentence. */
function Seen({ rule }: { rule: ConsideredRule }) {
  const seen = written(rule.seen);
  if (seen === "") return null;
  return (
    <small>
      {t("why.seen")} <q>{seen}</q>
    </small>
  );
}

const address = (rule: ConsideredRule): string =>
  [rule.file && `${rule.file}${rule.line ? `:${rule.line}` : ""}`, rule.path ?? rule.rule]
    .filter(Boolean)
    .join(" › ");

/** Values as the rules saw them: lists and pairs in a line, nothing hidden. */
export function written(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (Array.isArray(value)) return value.map(written).join(t("list.comma"));
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([name, inner]) => `${name} = ${written(inner)}`)
      .join(t("list.comma"));
  }
  return String(value);
}
