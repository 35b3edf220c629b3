// What somebody asked and somebody else decides, or until when the alert is put off.
import { Icon } from "../../shared/mark";
import { labelledWords } from "../../shared/field-words";
import type { AlertPage, OpenRequest, Suspension } from "../../shared/shapes";
import { dayTime } from "../../shared/time";
import { t } from "../../shared/words";

type Props = { detail: AlertPage; now: number };

export function RequestNotes({ detail: { requests, suspension }, now }: Props) {
  if (requests.length > 0) return <>{requests.map((each) => <RequestNote key={each.kind} request={each} now={now} />)}</>;
  return suspension === null ? null : <Noted icon="pausei" noted={suspension} />;
}

/** Who asked, when, for how long or until when, and why: what a decision needs. */
export function RequestNote({ request, now }: { request: OpenRequest; now: number }) {
  const by = t("asked.by", { who: request.who, time: dayTime(request.asked_at, now) });
  const { from_at: from, to_at: to } = request;
  const moves = from && to ? t("asked.moves", { from: dayTime(from, now), to: dayTime(to, now) }) : undefined;
  return <Noted icon="clock" noted={{ ...request, words: labelledWords(request) }} by={by} moves={moves} />;
}

type NotedProps = { icon: string; noted: OpenRequest | Suspension; by?: string; moves?: string | undefined };

function Noted({ icon, noted, by, moves }: NotedProps) {
  return (
    <section class="asked">
      <h3>
        <Icon name={icon} size="s" />
        {noted.sentence}
      </h3>
      {moves !== undefined && <p><b>{moves}</b></p>}
      {by !== undefined && <p class="soft small">{by}</p>}
      {noted.words.map((word) => (
        <p key={word}>{word}</p>
      ))}
    </section>
  );
}
