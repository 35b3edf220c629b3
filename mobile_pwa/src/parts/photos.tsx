// Photos that are being taken: shown large or small, added by the camera, removed by a button.
import { useEffect, useId, useState } from "preact/hooks";
import { Icon } from "../../../static/src/shared/mark";
import { MOST_PHOTOS } from "../../../static/src/shared/shapes";
import { t } from "../../../static/src/shared/words";
import { announce } from "../core/announce";
import { keptPhoto } from "../core/db";
import { type Prepared, preparePhoto } from "../core/photo";
import { Wrong } from "./fields";

/** A photo that is kept on the phone; a placeholder until its bytes are read. */
export function KeptPhoto({ owner, sha256, label }: { owner: string; sha256: string; label: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let gone = false;
    void keptPhoto(owner, sha256).then((blob) => {
      if (blob && !gone) setAddress((made = URL.createObjectURL(blob)));
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [owner, sha256]);
  if (!address) return <span class="ph wait" role="img" aria-label={label} />;
  // what this browser cannot draw stays in its place, and can be removed
  return <img class="ph" src={address} alt={label} onError={() => setAddress(null)} />;
}

type StripProps = {
  owner: string;
  photos: readonly { sha256: string }[];
  most: number;
  label: string;
  add: (photo: Prepared) => Promise<void>;
  remove: (sha256: string) => void;
};

/** Small pictures in a row, for forms where the photo is one field of several. */
export function PhotoStrip({ owner, photos, most, label, add, remove }: StripProps) {
  const chosen = useChosen(add, most - photos.length);
  return (
    <div class="thumbs" role="group" aria-label={label}>
      {photos.map(({ sha256 }, i) => (
        <div key={sha256} class="thumb">
          <KeptPhoto owner={owner} sha256={sha256} label={t("photo.nth", { n: i + 1 })} />
          <button type="button" class="rm" aria-label={t("photo.remove_nth", { n: i + 1 })} onClick={() => remove(sha256)}>
            <Icon name="x" size="s" />
          </button>
        </div>
      ))}
      {photos.length < most && <AddPhoto chosen={chosen} />}
      <ChosenTroubles chosen={chosen} />
    </div>
  );
}

export type Chosen = {
  busy: boolean;
  /** Of the last choice: what was not added, and why. */
  troubles: readonly string[];
  take: (files: readonly File[]) => Promise<void>;
};

/** What becomes of chosen files: the good ones are kept one after the other, the others are named.
 *  Held by whoever shows the photos, for the button changes its place with the first of them. */
export function useChosen(add: (photo: Prepared) => Promise<void>, room: number): Chosen {
  const [busy, setBusy] = useState(false);
  const [troubles, setTroubles] = useState<readonly string[]>([]);
  const take = async (files: readonly File[]): Promise<void> => {
    const over = files.length > room ? [t("photo.too_many", { most: MOST_PHOTOS, n: files.length - room })] : [];
    setBusy(true);
    setTroubles(over);
    setTroubles([...over, ...(await keepAll(files.slice(0, room), add))]);
    setBusy(false);
  };
  return { busy, troubles, take };
}

async function keepAll(files: readonly File[], add: (photo: Prepared) => Promise<void>): Promise<string[]> {
  const broken: string[] = [];
  let full = false;
  for (const file of files) {
    const photo = await preparePhoto(file).catch(() => null);
    if (!photo) broken.push(file.name);
    else if (await add(photo).then(() => true, () => false)) announce(t("photo.kept"));
    else full = true;
  }
  return [
    ...broken.map((name) => t("photo.unreadable", { name })),
    ...(full ? [t("trouble.full")] : []),
  ];
}

export const ChosenTroubles = ({ chosen }: { chosen: Chosen }) => (
  <>{chosen.troubles.map((words, i) => <Wrong key={i}>{words}</Wrong>)}</>
);

type AddProps = { chosen: Chosen; big?: boolean; quiet?: boolean };

/** The system's own camera: the file is read, made small and kept before anything else happens. */
export function AddPhoto({ chosen, big = false, quiet = false }: AddProps) {
  const id = useId();
  const take = async (input: HTMLInputElement): Promise<void> => {
    await chosen.take([...(input.files ?? [])]);
    input.value = "";
  };
  const look = big ? "shoot" : quiet ? "btn again" : "plus";
  const word = chosen.busy ? "photo.busy" : quiet ? "photo.again" : "photo.take";
  return (
    <div class={big ? "add big" : "add"}>
      <input
        class="sr" id={id} type="file" accept="image/*" multiple
        disabled={chosen.busy} onChange={(event) => void take(event.currentTarget)}
      />
      <label class={look} for={id}>
        <Icon name={big || quiet ? "camera" : "plus"} {...(big ? { size: "l" as const } : {})} />
        <span class={big || quiet ? "" : "sr"}>{t(word)}</span>
      </label>
    </div>
  );
}
