// Danger to life: whom to call first, with one touch each. The playbook names the numbers.
import { Icon } from "../../../static/src/shared/mark";
import type { EmergencyCall, SpokenEmergencyCall } from "../../../static/src/shared/shapes";
import { label } from "../../../static/src/shared/words";

type Called = EmergencyCall | SpokenEmergencyCall;

/** `small`: in one line, where something else is done below. */
export function EmergencyNumbers({ numbers, small = false }: { numbers?: readonly Called[] | undefined; small?: boolean }) {
  return (
    <ul class={small ? "calls small" : "calls"}>
      {(numbers ?? []).map((each) => (
        <li key={each.number}>
          <a class="btn big wide" href={`tel:${each.number}`}>
            <Icon name="phone" />
            <b>{each.number}</b>
            <span>{label(each.label)}{each.sentence && <small>{label(each.sentence)}</small>}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
