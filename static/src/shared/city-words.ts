// Names of statuses, steps, clocks, roles and choices, from the city's catalogue.
import { hasWords, t } from "./words";

/** The city's word, else the bare code: a new code must not break an old page. */
export const cityWord = (group: string, code: string, otherwise = code): string =>
  hasWords(`words.${group}.${code}`) ? t(`words.${group}.${code}`) : otherwise;

export const statusName = (status: string): string => cityWord("status", status);
export const statusShort = (status: string): string => cityWord("status_short", status);
export const stepName = (step: string): string => cityWord("step", step);
export const clockName = (clock: string): string => cityWord("clock", clock);
export const roleName = (role: string): string => cityWord("role", role);
export const choiceName = (choice: string): string => cityWord("choice", choice);
