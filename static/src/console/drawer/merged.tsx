// The alerts that were merged with this one, and the one that a rule proposes; each opens at a press.
import { statusName } from "../../shared/city-words";
import { Icon } from "../../shared/mark";
import type { AlertPage, SameProblem } from "../../shared/shapes";
import { dayTime } from "../../shared/time";
import { t } from "../../shared/words";
import type { Desk } from "../store/desk";

type Props = { desk: Desk; detail: AlertPage; now: number };

export function MergedNote({ desk, detail, now }: Props) {
  const { merged, followers, same_problem: twin } = detail;
  if (twin) return <Proposed desk={desk} twin={twin} />;
  if (!merged && followers.length === 0) return null;
  return (
    <section>
      <h3>
        <Icon name="link" size="s" />
        {t(merged ? "merged.into" : "merged.followers", { n: followers.length })}
      </h3>
      {merged && (
        <p>
          <Open desk={desk} id={merged.id} number={merged.number} /> {statusName(merged.status)}
          <br />
          <small class="soft">{t("merged.undo", { time: dayTime(merged.undo_until, now) })}</small>
        </p>
      )}
      {followers.map(({ id, number, reported_at }) => (
        <p key={id}>
          <Open desk={desk} id={id} number={number} />{" "}
          <small class="soft">{t("merged.reported", { time: dayTime(reported_at, now) })}</small>
        </p>
      ))}
    </section>
  );
}

/** A rule proposes it, a person decides: the step 合并 has the number filled in. */
function Proposed({ desk, twin }: { desk: Desk; twin: SameProblem }) {
  return (
    <section>
      <h3>
        <Icon name="link" size="s" />
        {t("merged.proposed")}
      </h3>
      <p>{twin.sentence}</p>
      <p>
        <Open desk={desk} id={twin.id} number={twin.number} />
      </p>
    </section>
  );
}

function Open({ desk, id, number }: { desk: Desk; id: string | null; number: string }) {
  if (id === null) return <b>{number}</b>;
  return (
    <button type="button" class="btn" onClick={() => desk.choose(id)}>
      {number}
    </button>
  );
}
