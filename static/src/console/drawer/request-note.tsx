// What waits for the district's decision, or is put off until a day.
import { Icon } from "../../shared/mark";
import type { AlertPage } from "../../shared/shapes";

export function RequestNote({ detail: { request, suspension } }: { detail: AlertPage }) {
  const noted = request ?? suspension;
  if (!noted) return null;
  return (
    <section>
      <h3>
        <Icon name={request ? "clock" : "pausei"} size="s" />
        {noted.sentence}
      </h3>
      {noted.words.map((word) => (
        <p key={word}>{word}</p>
      ))}
    </section>
  );
}
