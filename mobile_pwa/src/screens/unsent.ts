// What this person has not sent yet: how much it is, and a copy of it as a page that any phone opens.
import { dayTime } from "../../../static/src/shared/time";
import { t } from "../../../static/src/shared/words";
import { useCell } from "../core/cell";
import { keptPhoto } from "../core/db";
import { categoryLabel, forms } from "../core/playbook";
import type { Report } from "../core/rows";
import { serverClock } from "../core/server";
import { reports } from "../reports/store";
import { queue } from "../steps/queue";
import { queuedName } from "../steps/queued";

type Section = { title: string; made_at: number; words: string[]; owner: string; photos: string[] };

/** How many of their reports and steps are not with the server. */
export function useUnsentCount(): number {
  return useCell(reports).filter(isUnsent).length + useCell(queue).length;
}

const isUnsent = ({ state }: Report): boolean => state === "waiting" || state === "refused";

export async function exportUnsent(): Promise<void> {
  const body = (await Promise.all(unsent().map(htmlOf))).join("");
  const page = `<!doctype html><meta charset="utf-8"><title>${escaped(t("product"))}</title>${body}`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
  link.download = `shaodao-${new Date(serverClock.now()).toISOString().slice(0, 10)}.html`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function unsent(): Section[] {
  const own = reports.value
    .filter(isUnsent)
    .map(({ id, category, made_at, text, landmark = "", pin, photos }) => ({
      title: categoryLabel(forms.value, category),
      made_at,
      words: [text, landmark, pin ? `${pin.lat}, ${pin.lon}` : ""],
      owner: id,
      photos: photos.map(({ sha256 }) => sha256),
    }));
  const steps = queue.value.map((step) => ({
    title: `${step.title} · ${queuedName(step)}`,
    made_at: step.made_at,
    words: Object.values(step.values).filter((value): value is string => typeof value === "string"),
    owner: step.client_id,
    photos: step.photos,
  }));
  return [...own, ...steps];
}

async function htmlOf({ title, made_at, words, owner, photos }: Section): Promise<string> {
  const time = dayTime(made_at + serverClock.skew, 0);
  const pictures = await Promise.all(photos.map((sha256) => pictureOf(owner, sha256)));
  const lines = words.filter(Boolean).map((line) => `<p>${escaped(line)}</p>`);
  return `<h2>${escaped(title)}</h2><p>${escaped(time)}</p>${lines.join("")}${pictures.join("")}`;
}

async function pictureOf(owner: string, sha256: string): Promise<string> {
  const photo = await keptPhoto(owner, sha256);
  if (!photo) return "";
  const address = await new Promise<string>((tell) => {
    const reader = new FileReader();
    reader.onload = () => tell(String(reader.result));
    reader.readAsDataURL(photo);
  });
  return `<p><img src="${address}" width="320" alt=""></p>`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
