// Names of statuses, steps, clocks, roles, choices and fields, from the city's catalogue.
import { hasWords, t } from "../../shared/words";

/** The city's word, else the bare code: a new code must not break an old page. */
const word = (group: string, code: string): string =>
  hasWords(`words.${group}.${code}`) ? t(`words.${group}.${code}`) : code;

export const statusName = (status: string): string => word("status", status);
export const statusShort = (status: string): string => word("status_short", status);
export const stepName = (step: string): string => word("step", step);
export const clockName = (clock: string): string => word("clock", clock);
export const roleName = (role: string): string => word("role", role);
export const choiceName = (choice: string): string => word("choice", choice);
export const fieldName = (step: string, field: string): string => word(`field.${step}`, field);

export const helpFor = (step: string, field: string): string =>
  hasWords(`words.help.${step}.${field}`) ? t(`words.help.${step}.${field}`) : "";
