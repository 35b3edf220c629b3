// The tiles of the kinds: a picture, the official name, and what people say.
import { useState } from "preact/hooks";
import { Icon } from "../../../../static/src/shared/mark";
import type { FormCategory, Forms } from "../../../../static/src/shared/shapes";
import { label, t } from "../../../../static/src/shared/words";
import { Sheet } from "../../parts/sheet";
import { type Asked, entriesOf, isAsking } from "../../reports/asking";

export type Choosing = { forms: Forms; chosen: string | null; choose: (code: string) => void };

export function Tiles({ categories, ...choosing }: Choosing & { categories: readonly FormCategory[] }) {
  return (
    <div class="tiles">
      {entriesOf(choosing.forms, categories).map((entry) =>
        isAsking(entry) ? <AskedTile key={entry.id} asked={entry} {...choosing} /> : <Tile key={entry.code} category={entry} {...choosing} />)}
    </div>
  );
}

function Tile({ category: { code, icon, label: name, say }, chosen, choose }: Omit<Choosing, "forms"> & { category: FormCategory }) {
  const second = say && label(say) !== label(name) ? label(say) : null;
  return <Face icon={icon} name={label(name)} second={second} isChosen={code === chosen} press={() => choose(code)} />;
}

/** One tile for kinds that one question tells apart; the answer is the kind. */
function AskedTile({ asked, chosen, choose }: Omit<Choosing, "forms"> & { asked: Asked }) {
  const [isOpen, open] = useState(false);
  const mine = asked.categories.find(({ code }) => code === chosen);
  const answer = (code: string): void => {
    open(false);
    choose(code);
  };
  return (
    <>
      <Face icon={asked.categories[0]?.icon ?? null} name={label(asked.name)} second={mine ? label(mine.label) : null} isChosen={mine !== undefined} press={() => open(true)} />
      {isOpen && (
        <Sheet title={label(asked.asks)} onClose={() => open(false)} foot={<button type="button" class="btn big wide" onClick={() => open(false)}>{t("back")}</button>}>
          {asked.categories.map(({ code, choice, label: name }) => (
            <button key={code} type="button" class="rowb" aria-pressed={code === chosen} onClick={() => answer(code)}>
              <span>{label(choice ?? name)}<small>{label(name)}</small></span>
            </button>
          ))}
        </Sheet>
      )}
    </>
  );
}

type FaceProps = { icon: string | null; name: string; second: string | null; isChosen: boolean; press: () => void };

function Face({ icon, name, second, isChosen, press }: FaceProps) {
  return (
    <button type="button" class="tile" aria-pressed={isChosen} onClick={press}>
      <Icon name={`c-${icon ?? "other"}`} size="l" />
      <span>{name}{second && <small aria-hidden="true">{second}</small>}</span>
      {isChosen && <span class="tick"><Icon name="check" size="s" /></span>}
    </button>
  );
}
