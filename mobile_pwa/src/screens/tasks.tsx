// Tasks and verifications: emergencies first, then by time left. No distance, for that needs a position.
import { dayTime } from "../../../static/src/shared/time";
import { troubleWords } from "../../../static/src/shared/trouble-words";
import { t } from "../../../static/src/shared/words";
import { useForms, usePlaces } from "../core/playbook";
import { useNow } from "../parts/due";
import { Nav } from "../parts/nav";
import { Blank, Mistake } from "../parts/note";
import { Screen } from "../parts/screen";
import { type CardList, useTasks, useVerifying } from "./lists";
import { StraySteps } from "./stray-steps";
import { mostUrgentFirst, TaskCard } from "./task-card";

export function Tasks() {
  return <ListScreen title={t("tasks.title")} here="tasks" nothing={t("tasks.nothing")} {...useTasks()} />;
}

export function Verify() {
  return <ListScreen title={t("verify.title")} here="verify" nothing={t("verify.nothing")} {...useVerifying()} />;
}

type Props = CardList & { title: string; here: string; nothing: string };

function ListScreen({ title, here, nothing, cards, asOf, trouble }: Props) {
  useForms();
  usePlaces();
  const now = useNow();
  const sorted = cards && mostUrgentFirst(cards, now);
  return (
    <Screen title={title} nav={<Nav here={here} />}>
      {asOf !== null && <p class="asof">{t("as_of", { time: dayTime(asOf, now) })}</p>}
      {trouble !== null && !cards && <Mistake>{troubleWords(trouble)}</Mistake>}
      {sorted?.length === 0 && <Blank icon="check">{nothing}</Blank>}
      <StraySteps shown={cards} />
      <ul class="obs">
        {sorted?.map(({ card, urgency }) => <li key={card.id}><TaskCard card={card} urgency={urgency} /></li>)}
      </ul>
    </Screen>
  );
}
