// Why it was sent there: the decision as a sentence, then the rules that missed, with the values seen.
import { Icon } from "../../shared/mark";
import type { AlertPage, ConsideredRule, DecisionTrace, HolderReason, Labels } from "../../shared/shapes";
import { dayTime } from "../../shared/time";
import { t } from "../../shared/words";
import { unitName } from "../words/names";

type Props = { detail: Pick<AlertPage, "decision" | "held_because" | "lead">; now: number; labels: Labels };

/** Unknown outcomes of a newer server stand as what was added. */
const ICONS: Record<string, string> = { matched: "check", missed: "x", lost: "minus", set_aside: "minus" };

/** People may have given it to another unit since the rules spoke: their reason stands above. */
export function Why({ detail: { decision, held_because: held, lead }, now, labels }: Props) {
  return (
    <>
      {held && <HeldBecause held={held} unit={unitName(labels, lead)} now={now} />}
      {decision && <Decided decision={decision} title={titleOf(decision, lead, held !== null, labels)} />}
    </>
  );
}

function HeldBecause({ held, unit, now }: { held: HolderReason; unit: string; now: number }) {
  return (
    <section class="held">
      <h3>
        <Icon name="why" size="s" />
        {t("why.held", { unit })}
        <small>{dayTime(held.at, now)}</small>
      </h3>
      <p>{held.sentence}</p>
      {held.words.filter((words) => !held.sentence.includes(words)).map((words) => <p key={words} class="because">{words}</p>)}
    </section>
  );
}

function titleOf(decision: DecisionTrace, lead: string | null, isHeld: boolean, labels: Labels): string {
  if (isHeld) return t(lead === decision.lead ? "why.title_rules" : "why.title_first");
  if (lead === null) return t("why.title_nobody");
  return lead === decision.lead ? t("why.title", { unit: unitName(labels, lead) }) : t("why.title_first");
}

function Decided({ decision, title }: { decision: DecisionTrace; title: string }) {
  return (
    <section>
      <h3>
        <Icon name="why" size="s" />
        {title}
        {decision.playbook_version != null && (
          <small>{t("why.playbook", { n: decision.playbook_version })}</small>
        )}
      </h3>
      {decision.life_word !== null && <p class="because heard"><b>{t("why.life_word", { word: decision.life_word })}</b></p>}
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

const CLASSES: Record<string, string> = { matched: "hit", missed: "miss", lost: "miss", set_aside: "miss" };

function Rule({ rule }: { rule: ConsideredRule }) {
  return (
    <li class={CLASSES[rule.outcome] ?? "also"} title={address(rule)}>
      <Icon name={ICONS[rule.outcome] ?? "plus"} size="s" />
      <div>
        {rule.sentence}
        {rule.outcome !== "missed" && <Seen rule={rule} />}
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

/** Where its author wrote it: rules.yaml:44 › rules[5]. */
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
