// What has happened so far: newest first, each with its time, its sentence and who did it.
import { Icon } from "../../shared/mark";
import type { TimelineEntry } from "../../shared/shapes";
import { dayTime } from "../../shared/time";
import { t } from "../../shared/words";

type Props = { entries: readonly TimelineEntry[]; now: number };

export function Story({ entries, now }: Props) {
  if (entries.length === 0) return null;
  const newest = [...entries].sort((a, b) => b.seq - a.seq);
  return (
    <section>
      <h3>
        <Icon name="clock" size="s" />
        {t("story.title")}
      </h3>
      <ol class="tl">
        {newest.map((entry) => (
          <li key={entry.seq}>
            <time dateTime={entry.at}>{dayTime(entry.at, now)}</time>
            <div>
              {entry.sentence}
              <Written entry={entry} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Written({ entry }: { entry: TimelineEntry }) {
  const fresh = (entry.words ?? []).filter((words) => !entry.sentence.includes(words));
  return (
    <>
      {fresh.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </>
  );
}
