// One alert: its status or rating first, then its clocks, then its story.
import { useState } from "preact/hooks";
import { isGone } from "../../../../static/src/shared/api";
import { statusName } from "../../../../static/src/shared/city-words";
import { labelledWords } from "../../../../static/src/shared/field-words";
import { Icon } from "../../../../static/src/shared/mark";
import type { AlertPage, StepName, StepOffer, StepPlace } from "../../../../static/src/shared/shapes";
import { dayTime } from "../../../../static/src/shared/time";
import { troubleWords } from "../../../../static/src/shared/trouble-words";
import { isEmergency } from "../../../../static/src/shared/urgency";
import { label, t } from "../../../../static/src/shared/words";
import { useCell } from "../../core/cell";
import { categoryLabel, placeLine, unitLabel, useForms } from "../../core/playbook";
import { go, goBack, route, to } from "../../core/route";
import type { QueuedStep } from "../../core/rows";
import { PATHS } from "../../core/server";
import { useNow } from "../../parts/due";
import { EmergencyNumbers } from "../../parts/emergency";
import { Mistake, Tip } from "../../parts/note";
import { Screen } from "../../parts/screen";
import { statusWords } from "../../parts/status-words";
import { keepDraft, openDraft } from "../../steps/draft";
import { dangerOf } from "../../reports/life-words";
import { delivered, queue } from "../../steps/queue";
import { ahead, ofAlert } from "../../steps/queued";
import { useAnswer } from "../lists";
import { AlertClocks, ownUnits } from "./alert-clocks";
import { ArriveButton } from "./arrive";
import { Pictures } from "./pictures";
import { StepScreen } from "./step-form";
import { AlertStory } from "./story";
import { WaitingSteps } from "./waiting-steps";

/** Until somebody is on site, the people to call stand first. */
const NOBODY_THERE = new Set(["reported", "dispatched", "returned", "signed"]);

export function AlertScreen() {
  const { id, step } = useCell(route);
  const [again, setAgain] = useState(0);
  const arrived = useCell(delivered);
  const { body: heard, asOf, trouble } = useAnswer<AlertPage>(PATHS.alert(id), again + arrived);
  const waiting = ofAlert(useCell(queue), heard?.id ?? id);
  const body = heard && ahead(heard, waiting);
  useForms();
  const reload = (): void => setAgain((count) => count + 1);
  const gone = !step && isGone(trouble);
  if (!body || gone) {
    return (
      <Screen title={t("alert.title")} onBack={() => goBack("mine")}>
        <WaitingSteps steps={waiting} alert={null} />
        {trouble === null ? <p class="hint" role="status">{t("loading")}</p> : <Mistake>{gone && body ? t("alert.gone") : troubleWords(trouble)}</Mistake>}
      </Screen>
    );
  }
  const offer = body.steps.find((one) => one.step === step);
  if (step) return <StepScreen key={step} alert={body} offer={offer ?? null} reload={reload} />;
  return <Shown alert={body} asOf={asOf} waiting={waiting} reload={reload} />;
}

type ShownProps = { alert: AlertPage; asOf: number | null; waiting: readonly QueuedStep[]; reload: () => void };

function Shown({ alert, asOf, waiting, reload }: ShownProps) {
  const now = useNow();
  const forms = useForms();
  const mainStep = alert.steps.find(({ main }) => main) ?? null;
  return (
    <Screen title={alert.short} onBack={() => goBack("mine")} foot={mainStep && mainStep.step !== "rate" ? <Foot alert={alert} offer={mainStep} reload={reload} /> : null}>
      {asOf !== null && <p class="asof">{t("as_of", { time: dayTime(asOf, now) })}</p>}
      <WaitingSteps steps={waiting} alert={alert} />
      <Pictures photos={alert.photos} />
      <WhatAndWhere alert={alert} />
      {mainStep?.step === "rate" ? <AskRating alert={alert} /> : <p class="status">{statusLine(alert)}</p>}
      <AskedNote alert={alert} />
      {alert.mine && alert.notices?.map((text) => <Tip key={text}>{text}</Tip>)}
      {alert.mine && alert.life_safety && NOBODY_THERE.has(alert.status) && <EmergencyNumbers numbers={dangerOf(forms, alert) ?? forms?.emergency} />}
      <AlertClocks alert={alert} now={now} />
      <Helpers alert={alert} />
      {alert.answers.length > 0 && (
        <dl class="facts">
          {alert.answers.map(({ field, label: name, value, value_label }) => (
            <div key={field}><dt>{label(name)}</dt><dd>{value_label ?? String(value)}</dd></div>
          ))}
        </dl>
      )}
      <AlertStory entries={[...alert.timeline, ...(alert.merged?.story ?? [])]} />
      <OtherSteps alert={alert} />
    </Screen>
  );
}

function WhatAndWhere({ alert }: { alert: AlertPage }) {
  const word = alert.decision?.life_word ?? null;
  return (
    <div>
      <h2 class="q sm">
        {categoryLabel(useForms(), alert.category)} {isEmergency(alert) && <i class="em">{t("emergency.tag")}</i>}
        {alert.supervision !== null && !alert.mine && <i class="sup"><Icon name="flag" size="xs" />{t("words.supervised_number", { number: alert.supervision })}</i>}
      </h2>
      <p class="hint">{placeLine(alert)}</p>
      {word !== null && <p class="hint ink"><b>{t("alert.life_word", { word })}</b></p>}
      {!alert.mine && <WayThere alert={alert} />}
      {alert.landmark && <p class="hint ink">{t("alert.landmark", { landmark: alert.landmark })}</p>}
      {alert.text && <p class="hint ink">{alert.text}</p>}
    </div>
  );
}

/** Who comes beside the lead or before it, and how far each is. Answers that older versions kept have none. */
function Helpers({ alert }: { alert: AlertPage }) {
  const come = (alert.helping ?? []).filter(({ mode }) => mode !== "informed");
  if (come.length === 0) return null;
  return (
    <dl class="facts">
      {come.map(({ unit, label: name, mode, state_label }) => (
        <div key={unit}><dt>{t(mode === "first" ? "alert.first" : "alert.helping", { unit: name })}</dt><dd>{state_label}</dd></div>
      ))}
    </dl>
  );
}

/** Why it is put off and what is planned; and, for the unit, what it asked of the district. */
function AskedNote({ alert: { mine, requests, suspension } }: { alert: AlertPage }) {
  const [request] = requests ?? []; // answers that older versions kept have none
  const noted = suspension ?? (mine ? undefined : request);
  if (!noted) return null;
  return (
    <div>
      {noted === request && <p class="hint ink">{noted.sentence}</p>}
      {(noted === request ? labelledWords(request) : noted.words).map((word) => <p key={word} class="hint">{word}</p>)}
    </div>
  );
}

/** 先期处置 · 福田街道：已签收；深圳燃气集团：处置中: how far the reader's own unit is, where it helps, and then the
 *  lead by its name; else the alert's status alone. */
function statusLine(alert: AlertPage): string {
  const mine = ownUnits(alert);
  const parts = (alert.helping ?? [])
    .filter(({ unit }) => mine.includes(unit))
    .map(({ label: unit, mode, state_label: word }) => t("words.written", { name: t(mode === "first" ? "alert.first" : "alert.helping", { unit }), word }));
  const lead = parts.length > 0 && alert.lead && !alert.merged ? (unitLabel(alert.lead) ?? t("the_unit")) : null;
  const word = statusSentence(alert);
  return [...parts, lead ? t("words.written", { name: lead, word }) : word].join(t("words.format.semicolon"));
}

/** Of a merged alert: into which it went and the status of that. Its reporter does not rate. */
function statusSentence(alert: AlertPage): string {
  const { merged, mine } = alert;
  if (!merged) return mine ? statusWords(alert) : statusName(alert.status);
  const over = merged.status === "resolved" || merged.status === "closed";
  return t("alert.merged", { number: merged.short, status: over ? t("alert.done") : statusWords(merged) });
}

/** Judgements with two outcomes, of which neither is harder to reach than the other. */
const OR: Partial<Record<StepName, StepName>> = { verify_ok: "verify_fail" };

const orElse = ({ steps }: AlertPage): StepOffer | undefined =>
  steps.find(({ step }) => steps.some((each) => each.main && OR[each.step] === step));

function Foot(props: { alert: AlertPage; offer: StepOffer; reload: () => void }) {
  const { alert } = props;
  const other = orElse(alert);
  if (!other) return <MainStep {...props} />;
  return (
    <div class="foot-col">
      <MainStep {...props} />
      <a class="btn big wide" href={to("alert", alert.id, other.step)}>{other.label}</a>
    </div>
  );
}

const ARRIVING = new Set(["arrive", "support_arrive"]);

function MainStep({ alert, offer, reload }: { alert: AlertPage; offer: StepOffer; reload: () => void }) {
  if (ARRIVING.has(offer.step)) return <ArriveButton alert={alert} offer={offer} reload={reload} />;
  return <a class="btn main big wide" href={to("alert", alert.id, offer.step)}>{offer.label}</a>;
}

/** The phone's own map shows the way; nothing about where the handler is comes back. */
function WayThere({ alert }: { alert: AlertPage }) {
  if (alert.lon === null || alert.lat === null) return null;
  return (
    <a class="btn quiet way" href={`geo:${alert.lat},${alert.lon}?q=${alert.lat},${alert.lon}`}>
      <Icon name="navigate" size="s" />
      {t("alert.way")}
    </a>
  );
}

/** Asks the reporter whether it is solved. Nothing is chosen beforehand. */
function AskRating({ alert }: { alert: AlertPage }) {
  const judge = async (solved: boolean): Promise<void> => {
    const draft = await openDraft(alert.id, "rate");
    await keepDraft({ ...draft, values: { ...draft.values, solved } });
    go("alert", alert.id, "rate");
  };
  return (
    <section class="askbox" aria-labelledby="solved">
      <h3 id="solved">{t("rate.solved")}</h3>
      <div class="yn">
        <button type="button" class="btn main" onClick={() => void judge(true)}><Icon name="check" />{t("rate.yes")}</button>
        <button type="button" class="btn" onClick={() => void judge(false)}>{t("rate.no")}</button>
      </div>
    </section>
  );
}

/** What is done daily as buttons; the rest behind 「更多」, and what ends the alert apart from it. */
function OtherSteps({ alert }: { alert: AlertPage }) {
  const at = (...places: StepPlace[]): StepOffer[] => alert.steps.filter((offer) => places.includes(offer.place) && offer !== orElse(alert));
  const link = ({ step, label: name }: StepOffer) => (
    <a key={step} class="btn" href={to("alert", alert.id, step)}>{name}</a>
  );
  const [rest, apart] = [at("more"), at("apart")];
  return (
    <>
      {at("beside").length > 0 && <div class="others">{at("beside").map(link)}</div>}
      {rest.length + apart.length > 0 && (
        <details class="rest">
          <summary class="btn quiet">{t("more")}<Icon name="down" size="s" /></summary>
          <div class="others">{rest.map(link)}</div>
          {apart.length > 0 && (
            <div class="others apart">
              <p class="fine">{t("more_apart")}</p>
              {apart.map(link)}
            </div>
          )}
        </details>
      )}
    </>
  );
}
