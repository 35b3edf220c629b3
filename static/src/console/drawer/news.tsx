// What colleagues did to the alert while somebody fills in a step, and what becomes of the words then.
import { useState } from "preact/hooks";
import { Icon } from "../../shared/mark";
import type { AlertPage, TimelineEntry } from "../../shared/shapes";
import { dayTime } from "../../shared/time";
import { t } from "../../shared/words";
import { copyText } from "./copy";
import { type Draft, draftInWords } from "./draft";

type WithTimeline = Pick<AlertPage, "timeline">;

export const lastSeq = ({ timeline }: WithTimeline): number => Math.max(0, ...timeline.map(({ seq }) => seq));

/** The role of what happened without anybody, such as a reminder of the clock. */
const BY_ITSELF = "system";

/** What people did since: nobody has to read what goes by itself before they go on. */
export const newsSince = ({ timeline }: WithTimeline, seq: number): TimelineEntry[] =>
  timeline.filter((entry) => entry.seq > seq && entry.role !== null && entry.role !== BY_ITSELF);

type Props = { detail: AlertPage; draft: Draft; now: number; isOffered: boolean; onSeen: () => void };

export function News({ detail, draft, now, isOffered, onSeen }: Props) {
  const news = newsSince(detail, draft.seq);
  if (news.length === 0 && isOffered) return null;
  const becomes = detail.version === draft.version ? "news.still" : "news.moved";
  return (
    <section class="news" role="status">
      {news.length > 0 && <Happened news={news} now={now} />}
      <p>{t(isOffered ? becomes : "news.gone")}</p>
      {isOffered ? (
        <button type="button" class="btn" onClick={onSeen}>
          {t("news.seen")}
        </button>
      ) : (
        <Copy draft={draft} />
      )}
    </section>
  );
}

function Happened({ news, now }: { news: readonly TimelineEntry[]; now: number }) {
  return (
    <>
      <h4>
        <Icon name="info" size="s" />
        {t("news.title")}
      </h4>
      <ul>
        {news.map(({ seq, at, sentence }) => (
          <li key={seq}>
            <time dateTime={at}>{dayTime(at, now)}</time> {sentence}
          </li>
        ))}
      </ul>
    </>
  );
}

function Copy({ draft }: { draft: Draft }) {
  const [done, setDone] = useState<boolean | null>(null);
  const words = draftInWords(draft);
  if (words === "") return null;
  const copy = async (): Promise<void> => setDone(await copyText(words));
  return (
    <>
      <button type="button" class="btn" onClick={() => void copy()}>
        {t(done ? "news.copied" : "news.copy")}
      </button>
      {done === false && <p class="soft small">{t("news.by_hand")}</p>}
    </>
  );
}
