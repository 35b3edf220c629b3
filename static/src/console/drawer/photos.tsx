// The photos of an alert: thumbnails that open large, with words for each.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../shared/mark";
import type { AlertPhoto } from "../../shared/shapes";
import { clockTime } from "../../shared/time";
import { t } from "../../shared/words";

const SHOWN = 3;

export function Photos({ photos }: { photos: readonly AlertPhoto[] }) {
  const [open, setOpen] = useState<number | null>(null);
  if (photos.length === 0) return null;
  const more = photos.length - SHOWN;
  return (
    <>
      <ul class={`pics n${Math.min(photos.length, SHOWN)}`} aria-label={t("photos.label", { n: photos.length })}>
        {photos.slice(0, SHOWN).map((photo, index) => (
          <li key={photo.sha256}>
            <button type="button" onClick={() => setOpen(index)} aria-label={describe(photo, index)}>
              <Picture src={photo.thumb} alt="" />
              {index === SHOWN - 1 && more > 0 && <span>{t("photos.all", { n: photos.length })}</span>}
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <Large photos={photos} at={open} go={setOpen} />}
    </>
  );
}

const describe = (photo: AlertPhoto, index: number): string =>
  t("photos.alt", {
    n: index + 1,
    purpose: t(`photos.${photo.purpose}`),
    time: photo.at === null ? "" : clockTime(photo.at),
  });

function Picture({ src, alt }: { src: string | null; alt: string }) {
  const [missing, setMissing] = useState(false);
  if (missing || src === null) {
    return (
      <span class="no-pic">
        <Icon name="image" size="s" />
        {t("photos.missing")}
      </span>
    );
  }
  return <img src={src} alt={alt} loading="lazy" decoding="async" onError={() => setMissing(true)} />;
}

type LargeProps = { photos: readonly AlertPhoto[]; at: number; go: (at: number | null) => void };

function Large({ photos, at, go }: LargeProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);
  const photo = photos[at];
  if (!photo) return null;
  const step = (by: number) => {
    setTurn(0);
    go((at + by + photos.length) % photos.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "ArrowRight") step(1);
    if (event.key === "ArrowLeft") step(-1);
  };
  return (
    <dialog class="large" ref={dialog} aria-label={describe(photo, at)} onClose={() => go(null)} onKeyDown={onKeyDown}>
      <div class={`turn${turn}`}>
        <Picture key={photo.sha256} src={photo.url} alt={describe(photo, at)} />
      </div>
      <p>
        {describe(photo, at)}
        <span>
          {photos.length > 1 && <Tool name="left" label={t("photos.previous")} press={() => step(-1)} />}
          {photos.length > 1 && <Tool name="right" label={t("photos.next")} press={() => step(1)} />}
          <Tool name="refresh" label={t("photos.turn")} press={() => setTurn((turn + 1) % 4)} />
          <Tool name="x" label={t("photos.close")} press={() => dialog.current?.close()} />
        </span>
      </p>
    </dialog>
  );
}

function Tool({ name, label, press }: { name: string; label: string; press: () => void }) {
  return (
    <button type="button" class="sq" aria-label={label} title={label} onClick={press}>
      <Icon name={name} size="s" />
    </button>
  );
}
