// Notes beside the work: a hint, a mistake, a state of the network.
import type { ComponentChildren } from "preact";
import { Icon } from "../../../static/src/shared/mark";

type Props = { icon?: string; children: ComponentChildren };

export function Note({ icon, children }: Props) {
  return (
    <p class="note">
      {icon && <Icon name={icon} size="s" />}
      <span>{children}</span>
    </p>
  );
}

export function Tip({ icon = "info", children }: Props) {
  return (
    <div class="tip">
      <Icon name={icon} size="s" />
      <div>{children}</div>
    </div>
  );
}

/** An alert for screen readers: something that the person did was not done. */
export function Mistake({ children }: { children: ComponentChildren }) {
  return (
    <div class="mistake" role="alert">
      <Icon name="info" size="s" />
      <div>{children}</div>
    </div>
  );
}

/** Grey-violet, no alarm: being without a network is normal. */
export function Banner({ icon = "offline", title, children }: Props & { title: string }) {
  return (
    <div class="banner">
      <Icon name={icon} />
      <span>
        <b>{title}</b> {children}
      </span>
    </div>
  );
}

export function Blank({ icon, children }: { icon: string; children: ComponentChildren }) {
  return (
    <div class="blank">
      <Icon name={icon} size="l" />
      <p>{children}</p>
    </div>
  );
}
