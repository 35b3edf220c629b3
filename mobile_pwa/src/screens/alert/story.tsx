// What happened so far: the newest first, each with its time and what people wrote.
import type { StoryLine, TimelineEntry } from "../../../../static/src/shared/shapes";
import { clockTime, dayName } from "../../../../static/src/shared/time";
import { t } from "../../../../static/src/shared/words";
import { serverClock } from "../../core/server";

export function AlertStory({ entries }: { entries: readonly (StoryLine & Pick<Partial<TimelineEntry>, "words">)[] }) {
  const today = dayName(serverClock.now());
  return (
    <section aria-labelledby="story">
      <h3 id="story" class="sec">{t("alert.story")}</h3>
      <ol class="tl">
        {entries.toReversed().map(({ seq, at, sentence, words }) => (
          <li key={seq}>
            <time dateTime={at}>
              {dayName(at) !== today && <small>{dayName(at)}</small>}
              {clockTime(at)}
            </time>
            <div>
              <b>{sentence}</b>
              {words?.map((word) => <small key={word}>{word}</small>)}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
