// Before and after beside each other, otherwise the photos one by one.
import { useState } from "preact/hooks";
import type { AlertPhoto } from "../../../../static/src/shared/shapes";
import { t } from "../../../../static/src/shared/words";

export function Pictures({ photos }: { photos: readonly AlertPhoto[] }) {
  const there = photos.filter(({ url }) => url !== null);
  const before = there.find(({ purpose }) => purpose === "report");
  const after = there.findLast(({ purpose }) => purpose === "after");
  if (before && after) {
    return (
      <div class="ba">
        <AlertPicture photo={before} caption={t("photo.before")} />
        <AlertPicture photo={after} caption={t("photo.after")} />
      </div>
    );
  }
  return <Slides photos={there} />;
}

function Slides({ photos }: { photos: readonly AlertPhoto[] }) {
  const [at, setAt] = useState(0);
  const shown = photos[at];
  if (!shown) return null;
  const next = (): void => setAt((at + 1) % photos.length);
  return (
    <div class="hero1">
      <AlertPicture photo={shown} caption={photos.length > 1 ? `${at + 1} / ${photos.length}` : ""} />
      {photos.length > 1 && <button type="button" class="over" aria-label={t("photo.next")} onClick={next} />}
    </div>
  );
}

function AlertPicture({ photo, caption }: { photo: AlertPhoto; caption: string }) {
  const name = t(photo.purpose === "after" ? "photo.after" : "photo.before");
  return (
    <figure>
      <img class="ph" src={photo.url ?? ""} alt={name} loading="lazy" />
      {caption && <figcaption class="cnt">{caption}</figcaption>}
    </figure>
  );
}
