// The frame of every screen: a bar, the question, and one main button at the bottom.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../static/src/shared/mark";
import { t } from "../../../static/src/shared/words";

type Props = {
  title: string;
  /** Absent: a screen of the main navigation, with a large title and no way back. */
  onBack?: () => void;
  close?: boolean;
  side?: ComponentChildren;
  foot?: ComponentChildren;
  nav?: ComponentChildren;
  flush?: boolean;
  children: ComponentChildren;
};

export function Screen({ title, onBack, close = false, side, foot, nav, flush = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t("product")}`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <div class="screen">
      <header class="bar">
        {onBack && (
          <button type="button" class="ib" aria-label={t(close ? "close" : "back")} onClick={onBack}>
            <Icon name={close ? "x" : "left"} />
          </button>
        )}
        <h1 ref={heading} tabIndex={-1} class={onBack ? "" : "big"}>{title}</h1>
        {side}
      </header>
      <main class={flush ? "scr flush" : "scr"}>{children}</main>
      {foot && <footer class="foot">{foot}</footer>}
      {nav}
    </div>
  );
}
