// The top of the console: whose desk it is, the search, and whether the picture is live.
import { useEffect, useReducer, useState } from "preact/hooks";
import type { PageLanguage } from "../i18n/page-language";
import { Icon } from "../shared/mark";
import { addressOf } from "../shared/pages";
import { t } from "../shared/words";
import type { Desk, View } from "./store/desk";
import { clockSeconds } from "./words/times";

type Props = {
  desk: Desk;
  view: View;
  unit: string;
  person: string;
  role: string;
  languages: readonly PageLanguage[];
  onKeys: () => void;
  onLeave: () => void;
  /** Enter in the search opens the first that was found. */
  onFind: () => void;
};

export function Header({ desk, view, unit, person, role, languages, onKeys, onLeave, onFind }: Props) {
  return (
    <header class="top">
      <a class="brand" href={addressOf("home")}>
        <Icon name="whistle" />
        <b>{t("brand")}</b>
      </a>
      <h1 class="unit">
        {unit}
        <small>{role}</small>
      </h1>
      <Search desk={desk} q={view.filters.q} onFind={onFind} />
      <LiveMark desk={desk} view={view} />
      <button type="button" class="sq" aria-label={t("keys.title")} title={t("keys.title")} onClick={onKeys}>
        <Icon name="keyboard" size="s" />
      </button>
      <AccountMenu person={person} role={role} languages={languages} onLeave={onLeave} />
    </header>
  );
}

function Search({ desk, q, onFind }: { desk: Desk; q: string; onFind: () => void }) {
  return (
    <label class="find">
      <Icon name="search" size="s" />
      <span class="sr">{t("search.label")}</span>
      <input
        id="search"
        type="search"
        placeholder={t("search.hint")}
        value={q}
        onInput={(event) => desk.filter({ q: event.currentTarget.value })}
        onKeyDown={(event) => event.key === "Enter" && !event.isComposing && q !== "" && onFind()}
      />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
}

export function AccountMenu({ person, role, languages, onLeave }: Pick<Props, "person" | "role" | "languages" | "onLeave">) {
  return (
    <details class="me">
      <summary aria-label={t("me.menu", { person })}>{person.slice(0, 1)}</summary>
      <div class="menu">
        <p>
          <b>{person}</b>
          <small>{role}</small>
        </p>
        <a href={addressOf("overdue")}>{t("me.overdue")}</a>
        <a href={addressOf("account")}>{t("me.account")}</a>
        {languages.filter(({ isSpoken }) => !isSpoken).map(({ code, tongue, name }) => (
          <a key={code} lang={tongue} href={`/language/${code}`} onClick={comeBack}>{name}</a>
        ))}
        <button type="button" onClick={onLeave}>
          {t("me.leave")}
        </button>
      </div>
    </details>
  );
}

/** To this view as it is at the press: filters and choice stand in the address. */
function comeBack({ currentTarget: link }: { currentTarget: HTMLAnchorElement }): void {
  link.search = `?next=${encodeURIComponent(location.pathname + location.search)}`;
}

function LiveMark({ desk, view }: { desk: Desk; view: View }) {
  const [, tick] = useReducer((count: number, _: void) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(() => tick(), 1000);
    return () => clearInterval(timer);
  }, [desk]);
  const live = view.live.link === "live";
  return (
    <span class={live ? "live" : "live off"} title={t("live.server_time")}>
      <span class="dotl" aria-hidden="true" />
      {t(`live.${view.live.link}`)}
      <time>{view.live.heardAt === 0 ? "" : clockSeconds(desk.now())}</time>
    </span>
  );
}

/** Calm at first: most breaks heal within seconds and need no words. */
export function BrokenBanner({ view }: { view: View }) {
  const { link, heardAt, why } = view.live;
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (link !== "broken") return setShown(false);
    const timer = setTimeout(() => setShown(true), 1500);
    return () => clearTimeout(timer);
  }, [link]);
  if (!shown && link !== "refused") return null;
  const words =
    link === "refused"
      ? t("live.refused_long")
      : why !== undefined
        ? why
        : heardAt === 0
          ? t("live.never")
          : t("live.broken_long", { time: clockSeconds(heardAt) });
  return (
    <p class="banner" role="status">
      <Icon name="offline" size="s" />
      {words}
    </p>
  );
}
