// Me and this phone: who I am, how it looks, and the way out.
import { useState } from "preact/hooks";
import { roleName } from "../../../static/src/shared/city-words";
import { Icon } from "../../../static/src/shared/mark";
import { addressOf } from "../../../static/src/shared/pages";
import { troubleWords } from "../../../static/src/shared/trouble-words";
import { label, t } from "../../../static/src/shared/words";
import { useCell } from "../core/cell";
import { chooseElder, elder } from "../core/look";
import { session, signOut } from "../core/session";
import { choose, city, language } from "../core/speech";
import { Segments } from "../parts/fields";
import { Nav } from "../parts/nav";
import { Mistake, Note } from "../parts/note";
import { Screen } from "../parts/screen";
import { Sheet } from "../parts/sheet";
import { exportUnsent, useUnsentCount } from "./unsent";

export function Me() {
  const held = useCell(session);
  return (
    <Screen title={t("me.title")} nav={<Nav here="me" />}>
      <section class="who">
        <b>{held?.name}</b>
        {held?.roles.map(({ role, unit }) => (
          <span key={role + unit}>{roleName(role)} · {label(held.units?.[unit], "")}</span>
        ))}
      </section>
      <Segments
        legend={t("look.size")}
        options={[{ id: "regular", label: t("look.regular") }, { id: "elder", label: t("look.elder") }]}
        value={useCell(elder) ? "elder" : "regular"}
        put={(id) => chooseElder(id === "elder")}
      />
      <Segments
        legend={t("look.language")}
        options={(useCell(city)?.languages ?? []).map(({ tongue, name }) => ({ id: tongue, label: name }))}
        value={useCell(language) ?? ""}
        put={(id) => void choose(id)}
      />
      <Note icon="lock">{t("me.sealed")}</Note>
      <a class="btn wide" href={addressOf("account")}><Icon name="lock" size="s" />{t("me.account")}</a>
      <Leave />
    </Screen>
  );
}

/** What is not sent stays in the phone, for this person only; they may take a copy along. */
function Leave() {
  const [asking, setAsking] = useState(false);
  const [saved, setSaved] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const unsent = useUnsentCount();
  const leave = (): void => void signOut().catch((error: unknown) => setWrong(troubleWords(error)));
  const save = (): void => void exportUnsent().then(() => setSaved(true), (error: unknown) => setWrong(troubleWords(error)));
  return (
    <>
      {wrong && <Mistake>{wrong}</Mistake>}
      <button type="button" class="btn wide" onClick={() => (unsent ? setAsking(true) : leave())}>
        <Icon name="back" size="s" />
        {t("me.leave")}
      </button>
      {asking && (
        <Sheet
          title={t("me.unsent", { n: unsent })}
          onClose={() => setAsking(false)}
          foot={
            <>
              <button type="button" class="btn main big wide" onClick={() => setAsking(false)}>{t("me.stay")}</button>
              <button type="button" class="btn wide" onClick={save}><Icon name="download" size="s" />{t("me.export")}</button>
              <button type="button" class="btn quiet wide" onClick={leave}>{t("me.leave_anyway")}</button>
            </>
          }
        >
          <p class="hint">{t("me.unsent_hint")}</p>
          {saved && <p class="hint ink" role="status">{t("me.exported")}</p>}
        </Sheet>
      )}
    </>
  );
}
