// The session ran out: the dialog that signs in again, as the same person or as another.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Api, isCodeWanted } from "../shared/api";
import { Icon } from "../shared/mark";
import { addressOf } from "../shared/pages";
import type { OpenSession } from "../shared/shapes";
import { troubleWords } from "../shared/trouble-words";
import { t } from "../shared/words";
import { useModal } from "./dialogs";

const LOGIN = "login";

type Props = { open: boolean; api: Api; onDone: (session: OpenSession | null) => void };

/** What was written stays, and what was pressed goes on afterwards, where it is the same person. */
export function SignInAgain({ open, api, onDone }: Props) {
  const dialog = useModal(open);
  const [login, setLogin] = useState(sessionStorage.getItem(LOGIN) ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      const session = await api.signIn(login, password, code ?? "");
      if (session.must_enrol) return location.assign(addressOf("account"));
      sessionStorage.setItem(LOGIN, login);
      setPassword("");
      setCode(null);
      setTrouble(null);
      onDone(session);
    } catch (error) {
      if (isCodeWanted(error) && code === null) setCode("");
      else setTrouble(troubleWords(error));
    }
  };
  return (
    <dialog class="dlg" ref={dialog} aria-labelledby="again-title" onClose={() => open && onDone(null)}>
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="again-title">{t("again.title")}</h2>
        <p class="soft">{t("again.words")}</p>
        {trouble !== null && <Oops>{trouble}</Oops>}
        <Account login={login} put={setLogin} />
        <Password focus={login !== ""} password={password} put={setPassword} />
        {code !== null && <Code code={code} put={setCode} />}
        <button type="submit" class="btn main wide">
          {t("again.submit")}
        </button>
      </form>
    </dialog>
  );
}

function Oops({ children }: { children: ComponentChildren }) {
  return (
    <p class="oops" role="alert">
      <Icon name="info" size="s" />
      {children}
    </p>
  );
}

function Account({ login, put }: { login: string; put: (login: string) => void }) {
  return (
    <label class="field">
      {t("again.account")}
      <input
        type="text"
        autocomplete="username"
        autocapitalize="none"
        required
        value={login}
        onInput={(event) => put(event.currentTarget.value)}
      />
    </label>
  );
}

/** Asked of those who have a second factor, once their password is right. */
function Code({ code, put }: { code: string; put: (code: string) => void }) {
  return (
    <label class="field">
      {t("again.code")}
      <input
        type="text"
        autocomplete="one-time-code"
        autocapitalize="characters"
        autofocus
        required
        placeholder={t("again.code_hint")}
        value={code}
        onInput={(event) => put(event.currentTarget.value)}
      />
    </label>
  );
}

function Password({ focus, password, put }: { focus: boolean; password: string; put: (password: string) => void }) {
  return (
    <label class="field">
      {t("again.password")}
      <input
        type="password"
        autocomplete="current-password"
        autofocus={focus}
        required
        value={password}
        onInput={(event) => put(event.currentTarget.value)}
      />
    </label>
  );
}

/** A refused session asks here; the request waits and goes on once somebody has signed in. */
export function useSignIn(api: Api) {
  const [asked, setAsked] = useState(false);
  const waiting = useRef<((ok: boolean) => void)[]>([]);
  useEffect(() => {
    api.onSignedOut(
      () =>
        new Promise<boolean>((answer) => {
          waiting.current.push(answer);
          setAsked(true);
        }),
    );
  }, [api]);
  const answer = (ok: boolean) => {
    setAsked(false);
    for (const go of waiting.current.splice(0)) go(ok);
  };
  return { asked, answer };
}
