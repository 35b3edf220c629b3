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
  optional?: boolean;
  wrong?: string | undefined;
  hint?: string;
  help?: string;
  put: (value: string) => void;
};

export function Area({ label, value, most, rows = 3, required = false, optional = !required, wrong, hint, help = "", put }: AreaProps) {
  const id = useId();
  return (
    <div class="area">
      <label class="lb" for={id}>
        {label}
        {optional && <Optional />}
      </label>
      <textarea
        id={id}
        rows={rows}
        maxLength={most}
        required={required}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={describedBy(id, wrong, help)}
        value={value}
        onInput={(event) => put(event.currentTarget.value)}
      />
      <Help id={id}>{help}</Help>
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

type LineType = "text" | "password" | "datetime-local" | "date" | "number";
type LineProps = {
  label: string;
  value: string;
  type?: LineType;
  inputMode?: "decimal" | "numeric" | "text";
  min?: string;
  max?: string;
  required?: boolean;
  wrong?: string | undefined;
  help?: string;
  autoComplete?: string;
  maxLength?: number;
  optional?: boolean;
  put: (value: string) => void;
};

export function Line({ label, value, wrong, help = "", put, required = false, optional = false, type = "text", ...rest }: LineProps) {
  const id = useId();
  return (
    <div class="area">
      <label class="lb" for={id}>
        {label}
        {optional && <Optional />}
      </label>
      <input
        id={id}
        {...rest}
        {...({ type } as { type: "text" })}
        required={required}
        value={value}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={describedBy(id, wrong, help)}
        onInput={(event) => put(event.currentTarget.value)}
      />
      <Help id={id}>{help}</Help>
      {wrong && <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
    </div>
  );
}

export type Option = { id: string; label: string };
type PickProps = {
  label: string;
  options: Option[];
  value: string;
  required?: boolean;
  optional?: boolean;
  wrong?: string | undefined;
  help?: string;
  /** What it means to choose none, where that is more than none. */
  none?: string | undefined;
  put: (id: string) => void;
};

/** One of many: the phone's own wheel, which everybody knows. */
export function Pick({ label, options, value, required = false, optional = !required, wrong, help = "", none, put }: PickProps) {
  const id = useId();
  return (
    <div class="area">
      <label class="lb" for={id}>
        {label}
        {optional && <Optional />}
      </label>
      <select
        id={id}
        required={required}
        value={value}
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={describedBy(id, wrong, help)}
        onChange={(event) => put(event.currentTarget.value)}
      >
        <option value="">{none ?? t(required ? "pick" : "pick_none")}</option>
        {options.map((option) => <option key={option.id} value={option.id}>{option.label}</option>)}
      </select>
      <Help id={id}>{help}</Help>
      {wrong && <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
    </div>
  );
}

const describedBy = (id: string, wrong: string | undefined, help: string): string | undefined =>
  [wrong ? `${id}-wrong` : "", help ? `${id}-help` : ""].filter(Boolean).join(" ") || undefined;

function Help({ id, children }: { id: string; children: string }) {
  return children ? <p class="help" id={`${id}-help`}>{children}</p> : null;
}

type SegmentsProps = {
  legend: string;
  options: Option[];
  value: string | readonly string[];
  many?: boolean;
  required?: boolean;
  optional?: boolean;
  wrong?: string | undefined;
  put: (id: string) => void;
};

/** A tick says what is chosen, not colour alone. Long or many words stand below each other. */
export function Segments({ legend, options, value, many = false, required = true, optional = !required, wrong, put }: SegmentsProps) {
  const name = useId();
  const chosen = (id: string): boolean => (typeof value === "string" ? value === id : value.includes(id));
  const stacked = options.length > 3 || options.some(({ label }) => widthOf(label) > 4.25);
  return (
    <fieldset aria-describedby={wrong ? `${name}-wrong` : undefined}>
      <legend>
        {legend}
        {optional && <Optional />}
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
  [...label].reduce((width, letter) => width + ((letter.codePointAt(0) ?? 0) > WIDE_FROM ? 1 : 0.5), 0);

const WIDE_FROM = 0x2e80; // the first block of East Asian characters

export function Wrong({ id, children }: { id?: string; children: ComponentChildren }) {
  return (
    <p class="wrong" id={id} role="alert">
      <Icon name="info" size="xs" />
      {children}
    </p>
  );
}

const Optional = () => <small class="opt">{t("optional")}</small>;
