// The main navigation: five screens at most, by what this person does.
import { Icon } from "../../../static/src/shared/mark";
import { t } from "../../../static/src/shared/words";
import { to } from "../core/route";
import { hasRole, hasTasks } from "../core/session";

type Place = { screen: string; icon: string; word: string };

const HOME: Place = { screen: "home", icon: "home", word: "nav.home" };
const TASKS: Place = { screen: "tasks", icon: "list", word: "nav.tasks" };
const VERIFY: Place = { screen: "verify", icon: "shield", word: "nav.verify" };
const MINE: Place = { screen: "mine", icon: "note", word: "nav.mine" };
const ME: Place = { screen: "me", icon: "user", word: "nav.me" };

export function Nav({ here }: { here: string }) {
  return (
    <nav class="nav" aria-label={t("nav.label")}>
      {ownScreens().map(({ screen, icon, word }) => (
        <a key={screen} href={to(screen)} aria-current={screen === here ? "page" : undefined}>
          <Icon name={icon} />
          <span>{t(word)}</span>
        </a>
      ))}
    </nav>
  );
}

function ownScreens(): Place[] {
  const own = [...(hasTasks() ? [TASKS] : []), ...(hasRole("grid_worker") ? [VERIFY] : [])];
  return [HOME, ...own, MINE, ME];
}
