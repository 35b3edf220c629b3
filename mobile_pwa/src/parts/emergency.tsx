// Danger to life: whom to call first, with one touch each.
import { Icon } from "../../../static/src/shared/mark";
import type { EmergencyCall, SpokenEmergencyCall } from "../../../static/src/shared/shapes";
import { label, t } from "../../../static/src/shared/words";

/** Known also where the forms never came: these three hold in the whole country. */
const NATIONAL: readonly { number: string; key: string }[] = [
  { number: "119", key: "emergency.fire" },
  { number: "120", key: "emergency.ambulance" },
  { number: "110", key: "emergency.police" },
];

type Called = EmergencyCall | SpokenEmergencyCall;

export function EmergencyNumbers({ numbers }: { numbers?: readonly Called[] | undefined }) {
  const shown = numbers?.length ? numbers : NATIONAL.map(({ number, key }) => ({ number, label: t(key) }));
  return (
    <ul class="calls">
      {shown.map((each) => (
        <li key={each.number}>
          <a class="btn big wide" href={`tel:${each.number}`}>
            <Icon name="phone" />
            <b>{each.number}</b>
            <span>{label(each.label)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
