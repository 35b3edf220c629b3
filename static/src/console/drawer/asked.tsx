// What waits for the district's word, or is put off until a day: said before the clocks.
import { Icon } from "../../shared/mark";
import type { Detail } from "../../shared/shapes";

export function AskedNote({ detail: { request, suspension } }: { detail: Detail }) {
  const told = request ?? suspension;
  if (!told) return null;
  return (
    <section>
      <h3>
        <Icon name={request ? "clock" : "pausei"} size="s" />
        {told.sentence}
      </h3>
      {told.words.map((word) => (
        <p key={word}>{word}</p>
      ))}
    </section>
  );
}
