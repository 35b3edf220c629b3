// The two dialogs over the console: the keys, and signing in again.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Api } from "../shared/api";
import { Icon } from "../shared/mark";
import { troubleWords } from "../shared/trouble-words";
import { t } from "../shared/words";
import { setSingleKeys, singleKeysOn } from "./store/keys";

const KEYS = ["search", "move", "open", "close", "assign", "help"] as const;

function useModal(open: boolean) {
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

type AgainProps = { open: boolean; api: Api; onDone: (ok: boolean) => void };

/** The session ran out: what was written stays, and what was pressed goes on afterwards. */
export function SignInAgain({ open, api, onDone }: AgainProps) {
  const dialog = useModal(open);
  const [login, setLogin] = useState(sessionStorage.getItem("login") ?? "");
  const [password, setPassword] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await api.signIn(login, password);
      setPassword("");
      setTrouble(null);
      onDone(true);
    } catch (error) {
      setTrouble(troubleWords(error));
    }
  };
  return (
    <dialog class="dlg" ref={dialog} aria-labelledby="again-title" onClose={() => open && onDone(false)}>
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="again-title">{t("again.title")}</h2>
        <p class="soft">{t("again.words")}</p>
        {trouble !== null && (
          <p class="oops" role="alert">
            <Icon name="info" size="s" />
            {trouble}
          </p>
        )}
        <label class="field">
          {t("again.account")}
          <input
            type="text"
            autocomplete="username"
            autocapitalize="none"
            required
            value={login}
            onInput={(event) => setLogin(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          {t("again.password")}
          <input
            type="password"
            autocomplete="current-password"
            autofocus={login !== ""}
            required
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="btn main wide">
          {t("again.submit")}
        </button>
      </form>
    </dialog>
  );
}
