// What is mine to do? Emergencies first, then by time left; no distance, for that needs a position.
import { Icon } from "../../../static/src/shared/mark";
import { pausedWords } from "../../../static/src/shared/paused";
import { Ruler } from "../../../static/src/shared/ruler";
import type { Card } from "../../../static/src/shared/shapes";
import { byUrgency, isEmergency, type Standing, standingOf } from "../../../static/src/shared/standing";
import { dayTime } from "../../../static/src/shared/time";
import { t } from "../../../static/src/shared/words";
import { useCell } from "../core/cell";
import { serverClock } from "../core/city";
import { categoryName, forms, iconOf, placeLine, unitName, useForms, usePlaces } from "../core/playbook";
import { to } from "../core/route";
import type { QueuedStep } from "../core/rows";
import { CardLink } from "../parts/card";
import { clockName, Due, useNow } from "../parts/due";
import { Nav } from "../parts/nav";
import { Blank, Mistake, wordsOf } from "../parts/note";
import { Screen } from "../parts/screen";
import { queue } from "../steps/queue";
import { ofAlert } from "../steps/queued";
import { useTasks, useVerifying } from "./lists";

export function Tasks() {
  return <TaskList title={t("tasks.title")} here="tasks" nothing={t("tasks.nothing")} {...useTasks()} />;
}

export function Verify() {
  return <TaskList title={t("verify.title")} here="verify" nothing={t("verify.nothing")} {...useVerifying()} />;
}

type Props = { title: string; here: string; nothing: string; tasks: readonly Card[] | null; asOf: number | null; trouble: unknown };

function TaskList({ title, here, nothing, tasks, asOf, trouble }: Props) {
  useForms();
  usePlaces();
  const now = useNow();
  const sorted = tasks
    ?.map((card) => ({ card, standing: standingOf(card, now) }))
    .sort((a, b) => byUrgency(a.standing, b.standing));
  return (
    <Screen title={title} nav={<Nav here={here} />}>
      {asOf !== null && <p class="asof">{t("as_of", { time: dayTime(asOf, now) })}</p>}
      {trouble !== null && !tasks && <Mistake>{wordsOf(trouble)}</Mistake>}
      {sorted?.length === 0 && <Blank icon="check">{nothing}</Blank>}
      <ul class="obs">
        {sorted?.map(({ card, standing }) => <li key={card.id}><TaskCard card={card} standing={standing} /></li>)}
      </ul>
    </Screen>
  );
}

function TaskCard({ card, standing }: { card: Card; standing: Standing }) {
  const { promise } = standing;
  const waiting = ofAlert(useCell(queue), card.id);
  return (
    <CardLink
      href={to("alert", card.id)}
      icon={iconOf(forms.value, card.category)}
      title={categoryName(forms.value, card.category)}
      {...(waiting.length > 0 ? { badge: <Waits steps={waiting} /> } : {})}
      second={
        <>
          {isEmergency(card) && <i class="em">{t("emergency.tag")}</i>}{" "}
          {card.supervision !== null && <i class="sup"><Icon name="flag" size="xs" />{t("words.supervised")}</i>} {placeLine(card) || card.short}
        </>
      }
    >
      {promise && (
        <>
          <span class="dl"><Due standing={standing} /><span class="soft">{clockName(promise)}</span></span>
          <Ruler share={standing.share} state={standing.state} />
        </>
      )}
      {standing.paused && <small class="at-rest">{pausedWords(standing.paused, serverClock.now(), unitName)}</small>}
    </CardLink>
  );
}

function Waits({ steps }: { steps: readonly QueuedStep[] }) {
  const isRefused = steps.some(({ state }) => state === "refused");
  return (
    <span class={isRefused ? "pill warn" : "pill"}>
      {t(isRefused ? "tasks.refused" : "tasks.waiting", { n: steps.length })}
    </span>
  );
}
