// The log-in: account, password and a code of those who have a second factor, in the language and size that the person can read.
import { useState } from "preact/hooks";
import { isCodeWanted } from "../../../static/src/shared/api";
import { Icon } from "../../../static/src/shared/mark";
import { troubleWords } from "../../../static/src/shared/trouble-words";
import { t } from "../../../static/src/shared/words";
import { useCell } from "../core/cell";
import { chooseElder, elder } from "../core/look";
import { signedOutWhy, signIn } from "../core/session";
import { choose, city, language } from "../core/speech";
import { Line } from "../parts/fields";
import { Mistake, Note } from "../parts/note";
import { Sheet } from "../parts/sheet";

export function Login() {
  return (
    <div class="screen login">
      <main class="scr">
        <p class="logo"><Icon name="whistle" /><b>{t("product")}</b></p>
        <h1 class="q">{t("login.title")}</h1>
        <LoginForm action={t("login.title")} />
        <Note>{t("login.forgot")}</Note>
        {!isSecureContext && <Note icon="lock">{t("login.insecure")}</Note>}
      </main>
      <footer class="foot choices"><LookChoices /></footer>
    </div>
  );
}

/** The session ran out at work: what was filled in stays below this sheet. */
export function LoginAgain({ onClose }: { onClose: () => void }) {
  return (
    <Sheet
      title={t("login.again")}
      onClose={onClose}
      foot={<button type="button" class="btn quiet wide" onClick={onClose}>{t("login.later")}</button>}
    >
      <p class="hint">{useCell(signedOutWhy) || t("login.kept")}</p>
      <LoginForm action={t("login.title")} />
    </Sheet>
  );
}

function LoginForm({ action }: { action: string }) {
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = async (): Promise<void> => {
    if (!login.trim() || !password) return setWrong(t("login.both"));
    setBusy(true);
    setWrong(null);
    await signIn(login.trim(), password, code ?? "").catch((error: unknown) => {
      if (isCodeWanted(error) && code === null) setCode("");
      else setWrong(troubleWords(error));
    });
    setBusy(false);
  };
  return (
    <form class="form" noValidate onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      {wrong && <Mistake>{wrong}</Mistake>}
      <Line label={t("login.account")} value={login} autoComplete="username" put={setLogin} />
      <div class="secret">
        <Line label={t("login.password")} value={password} type={shown ? "text" : "password"} autoComplete="current-password" put={setPassword} />
        <button type="button" class="ib" aria-pressed={shown} aria-label={t("login.show")} onClick={() => setShown(!shown)}>
          <Icon name="witness" />
        </button>
      </div>
      {code !== null && <Line label={t("login.code")} help={t("login.code_help")} value={code} autoComplete="one-time-code" put={setCode} />}
      <button class="btn main big wide" disabled={busy}>{busy ? t("login.busy") : action}</button>
    </form>
  );
}

/** Language and size, also for those who cannot read the rest of the page. */
function LookChoices() {
  const isElder = useCell(elder);
  const others = useCell(city)?.languages.filter(({ tongue }) => tongue !== language.value) ?? [];
  return (
    <>
      <button type="button" class="btn quiet" onClick={() => chooseElder(!isElder)}>
        {t(isElder ? "look.regular" : "look.elder")}
      </button>
      {others.map(({ tongue, name }) => (
        <button key={tongue} type="button" class="btn quiet" lang={tongue} onClick={() => void choose(tongue)}>
          {name}
        </button>
      ))}
    </>
  );
}
