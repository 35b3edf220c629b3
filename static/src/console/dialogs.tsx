// The dialog of the keys, and how a dialog opens.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../shared/words";
import { setSingleKeys, singleKeysOn } from "./store/keys";

const KEYS = ["search", "move", "open", "close", "assign", "help"] as const;

export function useModal(open: boolean) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open && dialog.current?.open) dialog.current.close();
  }, [open]);
  return dialog;
}

export function KeysHelp({ open, close }: { open: boolean; close: () => void }) {
  const dialog = useModal(open);
  const [on, setOn] = useState(singleKeysOn());
  const turn = (now: boolean) => {
    setOn(now);
    setSingleKeys(now);
  };
  return (
    <dialog class="dlg" ref={dialog} aria-labelledby="keys-title" onClose={close}>
      <h2 id="keys-title">{t("keys.title")}</h2>
      <Keys />
      <label class="check">
        <input type="checkbox" checked={on} onChange={(event) => turn(event.currentTarget.checked)} />
        {t("keys.switch")}
      </label>
      <button type="button" class="btn wide" onClick={close}>
        {t("keys.done")}
      </button>
    </dialog>
  );
}

function Keys() {
  return (
    <dl class="keys">
      {KEYS.map((name) => (
        <div key={name}>
          <dt>
            {t(`keys.${name}_key`)
              .split(" ")
              .map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
          </dt>
          <dd>{t(`keys.${name}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
