// Who comes beside the lead, how far is each, and how do its own clocks stand?
import { Icon } from "../../shared/mark";
import { say } from "../say";
import type { DetailPromise, Helper, Labels } from "../../shared/shapes";
import { Clocks } from "./clocks";

type Props = { helping: readonly Helper[]; promises: readonly DetailPromise[]; now: number; labels: Labels };

export function Helping({ helping, promises, now, labels }: Props) {
  if (helping.length === 0) return null;
  const come = helping.filter(({ mode }) => mode === "required");
  const told = helping.filter(({ mode }) => mode === "informed");
  return (
    <section class="helping" aria-label={say("helping.label")}>
      <h3>{say("helping.label")}</h3>
      {come.map((helper) => (
        <div key={helper.unit} class="helper" data-unit={helper.unit} data-state={helper.state}>
          <p>
            <b>{helper.label}</b>
            <span class={helper.state === "finished" ? "soft" : "helper-state"}>
              {helper.state === "finished" && <Icon name="check" size="s" />}
              {helper.state_label}
            </span>
          </p>
          <Clocks
            label={say("helping.clocks", { unit: helper.label })}
            promises={promises.filter(({ support }) => support === helper.unit)}
            now={now}
            labels={labels}
          />
        </div>
      ))}
      {told.length > 0 && (
        <p class="soft">{say("helping.told", { units: told.map(({ label }) => label).join(say("helping.comma")) })}</p>
      )}
    </section>
  );
}
