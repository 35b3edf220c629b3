// One big button, and below it only what waits for me.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../static/src/shared/mark";
import type { Card } from "../../../static/src/shared/shapes";
import { label, t } from "../../../static/src/shared/words";
import { useCell } from "../core/cell";
import { categoryLabel, iconOf, useForms, usePlaces } from "../core/playbook";
import { go, to } from "../core/route";
import { hasRole, hasTasks, session } from "../core/session";
import { CardLink } from "../parts/card";
import { useNow } from "../parts/due";
import { Nav } from "../parts/nav";
import { NoWorkerHint } from "../parts/no-worker";
import { Note } from "../parts/note";
import { hasUnreadLosses, isEmpty } from "../reports/report";
import { beginReport, reports } from "../reports/store";
import { useMine, useTasks, useVerifying } from "./lists";
import { LocalCard, unsentDanger } from "./local-card";
import { RefusedSteps } from "./stray-steps";
import { mostUrgentFirst, TaskCard } from "./task-card";

export function Home() {
  const forms = useForms();
  usePlaces(); // the map is there before the first report without a network
  const local = useCell(reports).filter((report) => (report.state === "sent" ? hasUnreadLosses(report) : !isEmpty(report)));
  const danger = local.filter((report) => unsentDanger(report) !== null);
  const mine = useMine();
  const [tasks, setTasks] = useState(0);
  const [verifying, setVerifying] = useState(0);
  const asked = (mine.cards ?? []).filter(({ status }) => status === "resolved");
  return (
    <div class="screen">
      <header class="bar home">
        <h1 class="logo"><Icon name="whistle" /><b>{t("product")}</b></h1>
        <span class="unit">{myUnit()}</span>
      </header>
      <main class="scr free">
        <NoWorkerHint />
        {danger.map((report) => <LocalCard key={report.id} report={report} />)}
        {hasTasks() && <TasksWaiting count={setTasks} />}
        <Whistle />
        <p class="say">{t("home.say")}</p>
        <RefusedSteps />
        {hasRole("grid_worker") && <VerifyWaiting count={setVerifying} />}
        {asked.map((card) => (
          <CardLink key={card.id} href={to("alert", card.id)} icon={iconOf(forms, card.category)} title={categoryLabel(forms, card.category)} second={card.short}>
            <span class="ask"><Icon name="witness" size="s" />{t("home.fixed")}</span>
          </CardLink>
        ))}
        {local.filter((report) => !danger.includes(report)).map((report) => <LocalCard key={report.id} report={report} />)}
        {mine.cards !== null && asked.length + local.length + tasks + verifying === 0 && <Quiet cards={mine.cards} />}
      </main>
      <Nav here="home" />
    </div>
  );
}

function Whistle() {
  const press = async (): Promise<void> => {
    const report = await beginReport();
    go("report", report.id, "photo");
  };
  return (
    <div class="blow">
      <svg class="rings" viewBox="0 0 300 236" aria-hidden="true">
        <circle cx="150" cy="118" r="112" /><circle cx="150" cy="118" r="134" /><circle cx="150" cy="118" r="160" />
      </svg>
      <button type="button" class="whistle" onClick={() => void press()}>
        <Icon name="whistle" />
        <b>{t("home.report")}</b>
      </button>
    </div>
  );
}

type CountProps = { count: (waiting: number) => void };

/** The most urgent one itself, before anything else, and the way to all of them. */
function TasksWaiting({ count }: CountProps) {
  const { cards: tasks } = useTasks();
  useEffect(() => count(tasks?.length ?? 0), [tasks]);
  const [first] = mostUrgentFirst(tasks ?? [], useNow());
  if (!tasks || !first) return null;
  return (
    <>
      <TaskCard {...first} />
      <CardLink href={to("tasks")} icon="list" title={t("home.tasks", { n: tasks.length })} second={t("home.tasks_hint")} />
    </>
  );
}

function VerifyWaiting({ count }: CountProps) {
  const { cards: tasks } = useVerifying();
  useEffect(() => count(tasks?.length ?? 0), [tasks]);
  if (!tasks?.length) return null;
  return (
    <CardLink href={to("verify")} icon="shield" title={t("home.verify", { n: tasks.length })} second={t("home.verify_hint")} />
  );
}

function Quiet({ cards }: { cards: readonly Card[] }) {
  return <Note>{t(cards.length ? "home.quiet" : "home.nothing_yet")}</Note>;
}

/** My community or office: never where I stand. */
function myUnit(): string {
  const held = session.value;
  const unit = held?.roles[0]?.unit;
  return unit ? label(held.units?.[unit], "") : "";
}
