// Photos that are being taken: shown large or small, added by the camera, removed by a button.
import { useEffect, useId, useState } from "preact/hooks";
import { Icon } from "../../../static/src/shared/mark";
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
  return address ? <img class="ph" src={address} alt={label} /> : <span class="ph wait" />;
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
      {photos.length < most && <AddPhoto add={add} />}
    </div>
  );
}

type AddProps = { add: (photo: Prepared) => Promise<void>; big?: boolean; quiet?: boolean };

/** The system's own camera: the file is read, made small and kept before anything else happens. */
export function AddPhoto({ add, big = false, quiet = false }: AddProps) {
  const id = useId();
  const [state, setState] = useState<"idle" | "busy" | "unreadable" | "full">("idle");
  const take = async (input: HTMLInputElement): Promise<void> => {
    setState("busy");
    setState(await keepAll([...(input.files ?? [])], add));
    input.value = "";
  };
  const look = big ? "shoot" : quiet ? "btn again" : "plus";
  return (
    <div class={big ? "add big" : "add"}>
      <input
        class="sr" id={id} type="file" accept="image/*" multiple
        disabled={state === "busy"} onChange={(event) => void take(event.currentTarget)}
      />
      <label class={look} for={id}>
        <Icon name={big || quiet ? "camera" : "plus"} {...(big ? { size: "l" as const } : {})} />
        <span class={big || quiet ? "" : "sr"}>{t(wordFor(state, quiet))}</span>
      </label>
      {state === "unreadable" && <Wrong>{t("photo.unreadable")}</Wrong>}
      {state === "full" && <Wrong>{t("trouble.full")}</Wrong>}
    </div>
  );
}

const wordFor = (state: string, quiet: boolean): string => {
  if (state === "busy") return "photo.busy";
  return quiet ? "photo.again" : "photo.take";
};

async function keepAll(files: File[], add: AddProps["add"]): Promise<"idle" | "unreadable" | "full"> {
  for (const file of files) {
    const photo = await preparePhoto(file).catch(() => null);
    if (!photo) return "unreadable";
    const kept = await add(photo).then(() => true, () => false);
    if (!kept) return "full";
    announce(t("photo.kept"));
  }
  return "idle";
}
