// The steps that are not asked for daily: a menu that the keyboard opens, walks and leaves.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../../shared/mark";
import type { StepOffer } from "../../shared/shapes";
import { t } from "../../shared/words";

type Props = { offers: StepOffer[]; busy: boolean; onPress: (offer: StepOffer) => void };

const MOVES: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

export function More({ offers, busy, onPress }: Props) {
  const id = useId();
  const { box, open, setOpen, onKey } = useMenu();
  return (
    <div class="more" ref={box}>
      <button type="button" class="btn" aria-haspopup="menu" aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
        {t("steps.more")}
        <Icon name="up" size="s" />
      </button>
      {open && (
        <div class="menu" role="menu" id={id} aria-label={t("steps.more")} onKeyDown={onKey}>
          <Items offers={offers} busy={busy} onPress={onPress} />
        </div>
      )}
    </div>
  );
}

function Items({ offers, busy, onPress }: Props) {
  const item = (offer: StepOffer) => (
    <button key={offer.step} type="button" role="menuitem" tabIndex={-1} data-step={offer.step} disabled={busy} onClick={() => onPress(offer)}>
      {offer.label}
    </button>
  );
  const apart = offers.filter(({ place }) => place === "apart");
  return (
    <>
      {offers.filter(({ place }) => place !== "apart").map(item)}
      {apart.length > 0 && (
        <div class="apart" role="group" aria-label={t("steps.apart")}>
          <small aria-hidden="true">{t("steps.apart")}</small>
          {apart.map(item)}
        </div>
      )}
    </>
  );
}

/** Opened, the first item has the focus; arrows walk, Escape and Tab leave, and so does a press elsewhere. */
function useMenu() {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const items = (): HTMLElement[] => [...(box.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  useEffect(() => {
    if (!open) return;
    items()[0]?.focus();
    const outside = (event: Event): void => {
      if (!(event.target instanceof Node) || !box.current?.contains(event.target)) setOpen(false);
    };
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  }, [open]);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Tab") return setOpen(false);
    if (event.key !== "Escape" && !(event.key in MOVES)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      setOpen(false);
      box.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
      return;
    }
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    all[(at + (MOVES[event.key] ?? 0) + all.length) % all.length]?.focus();
  };
  return { box, open, setOpen, onKey };
}
