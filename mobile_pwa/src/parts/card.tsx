// One alert in a list: what it is, where, and its state.
import type { ComponentChildren } from "preact";
import { Icon } from "../../../static/src/shared/mark";

type Props = { href: string; icon: string; title: string; second: ComponentChildren; badge?: ComponentChildren; children?: ComponentChildren };

export function CardLink({ href, icon, title, second, badge, children }: Props) {
  return (
    <a class="card" href={href}>
      <span class="ct">
        <span class="ic"><Icon name={icon} /></span>
        <span class="cw">
          <b>{title}</b>
          {second && <small>{second}</small>}
        </span>
        {badge ?? <Icon name="right" size="s" />}
      </span>
      {children}
    </a>
  );
}
