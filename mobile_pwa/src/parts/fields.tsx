// The controls of every form: words, segments, and a mistake beside the field it belongs to.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "../../../static/src/shared/mark";
import { t } from "../../../static/src/shared/words";

type AreaProps = {
  label: string;
  value: string;
  most: number;
  rows?: number;
  required?: boolean;
  wrong?: string | undefined;
  hint?: string;
  put: (value: string) => void;
};

export function Area({ label, value, most, rows = 3, required = false, wrong, hint, put }: AreaProps) {
  const id = useId();
  return (
    <div class="area">
      <label class="lb" for={id}>
        {label}
        {!required && <Optional />}
      </label>
      <textarea
        id={id}
        rows={rows}
        maxLength={most}
        required={required}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        value={value}
        onInput={(event) => put(event.currentTarget.value)}
      />
      {wrong && <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
      {hint && (
        <p class="mic">
          <Icon name="mic" size="xs" />
          {hint}
        </p>
      )}
    </div>
  );
}

type LineProps = {
  label: string;
  value: string;
  type?: "text" | "password" | "datetime-local";
  inputMode?: "decimal" | "numeric" | "text";
  required?: boolean;
  wrong?: string | undefined;
  autoComplete?: string;
  put: (value: string) => void;
};

export function Line({ label, value, wrong, put, required = false, type = "text", ...rest }: LineProps) {
  const id = useId();
  return (
    <div class="area">
      <label class="lb" for={id}>{label}</label>
      <input
        id={id}
        {...rest}
        {...typeOf(type)}
        required={required}
        value={value}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onInput={(event) => put(event.currentTarget.value)}
      />
      {wrong && <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
    </div>
  );
}

/** One literal each: the typing of inputs tells them apart by it. */
function typeOf(type: NonNullable<LineProps["type"]>) {
  if (type === "password") return { type } as const;
  return type === "text" ? ({ type } as const) : ({ type: "datetime-local" } as const);
}

export type Option = { id: string; label: string };
type SegmentsProps = {
  legend: string;
  options: Option[];
  value: string | readonly string[];
  many?: boolean;
  required?: boolean;
  wrong?: string | undefined;
  put: (id: string) => void;
};

/** A tick says what is chosen, not colour alone. Long or many words stand below each other. */
export function Segments({ legend, options, value, many = false, required = true, wrong, put }: SegmentsProps) {
  const name = useId();
  const chosen = (id: string): boolean => (typeof value === "string" ? value === id : value.includes(id));
  const stacked = options.length > 3 || options.some(({ label }) => widthOf(label) > 4.25);
  return (
    <fieldset aria-describedby={wrong ? `${name}-wrong` : undefined}>
      <legend>
        {legend}
        {!required && <Optional />}
      </legend>
      <div class={stacked ? "seg stacked" : "seg"}>
        {options.map(({ id, label }) => (
          <label key={id} class={chosen(id) ? "on" : ""}>
            <input class="sr" type={many ? "checkbox" : "radio"} name={name} checked={chosen(id)} onChange={() => put(id)} />
            {chosen(id) && <Icon name="check" size="xs" />}
            {label}
          </label>
        ))}
      </div>
      {wrong && <Wrong id={`${name}-wrong`}>{wrong}</Wrong>}
    </fieldset>
  );
}

/** In Chinese characters; Latin letters take half of one. */
const widthOf = (label: string): number =>
  [...label].reduce((width, letter) => width + (letter > "⺀" ? 1 : 0.5), 0);

export function Wrong({ id, children }: { id?: string; children: ComponentChildren }) {
  return (
    <p class="wrong" id={id} role="alert">
      <Icon name="info" size="xs" />
      {children}
    </p>
  );
}

const Optional = () => <small class="opt">{t("optional")}</small>;
