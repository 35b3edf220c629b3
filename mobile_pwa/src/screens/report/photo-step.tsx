// The photos of a report. They come first: most reports are a photo and little else.
import { useState } from "preact/hooks";
import { Icon } from "../../../../static/src/shared/mark";
import { MOST_PHOTOS } from "../../../../static/src/shared/shapes";
import { t } from "../../../../static/src/shared/words";
import { dropPhotos } from "../../core/db";
import type { Prepared } from "../../core/photo";
import type { Report } from "../../core/rows";
import { Note } from "../../parts/note";
import { AddPhoto, ChosenTroubles, KeptPhoto, useChosen } from "../../parts/photos";
import { addPhoto, changeReport } from "../../reports/store";
import { NextButton, ReportFrame } from "./frame";

export function PhotoStep({ report }: { report: Report }) {
  const [chosen, setChosen] = useState(0);
  const shown = report.photos[Math.min(chosen, report.photos.length - 1)];
  const add = async ({ bytes, ...photo }: Prepared): Promise<void> => {
    await addPhoto(report.id, { ...photo, sent: false, refused: null }, bytes);
    setChosen(report.photos.length);
  };
  const more = useChosen(add, MOST_PHOTOS - report.photos.length);
  const isFull = report.photos.length >= MOST_PHOTOS;
  return (
    <ReportFrame
      part="photo"
      foot={
        <>
          {shown && !isFull && <AddPhoto chosen={more} quiet />}
          <NextButton to="category" id={report.id}>{t(shown ? "next" : "photo.skip")}</NextButton>
        </>
      }
    >
      <h2 class="q">{t("photo.title")}</h2>
      <p class="hint">{t("photo.hint")}</p>
      {shown ? <ShownPhoto report={report} sha256={shown.sha256} /> : <AddPhoto chosen={more} big />}
      <ChosenTroubles chosen={more} />
      {report.photos.length > 1 && (
        <ul class="thumbs">
          {report.photos.map(({ sha256 }, i) => (
            <li key={sha256}>
              <button type="button" class="pick" aria-pressed={sha256 === shown?.sha256} onClick={() => setChosen(i)}>
                <KeptPhoto owner={report.id} sha256={sha256} label={t("photo.nth", { n: i + 1 })} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Note icon="lock">{t("photo.stripped")}</Note>
    </ReportFrame>
  );
}

function ShownPhoto({ report, sha256 }: { report: Report; sha256: string }) {
  const n = report.photos.findIndex((photo) => photo.sha256 === sha256) + 1;
  const remove = (): void => {
    const photos = report.photos.filter((photo) => photo.sha256 !== sha256);
    void changeReport(report.id, { photos }).then(() => (photos.length ? undefined : dropPhotos(report.id)));
  };
  return (
    <div class="shot">
      <KeptPhoto key={sha256} owner={report.id} sha256={sha256} label={t("photo.nth", { n })} />
      <button type="button" class="ib on" aria-label={t("photo.remove_nth", { n })} onClick={remove}>
        <Icon name="trash-ui" />
      </button>
      <span class="cnt">{n} / {report.photos.length}</span>
    </div>
  );
}
