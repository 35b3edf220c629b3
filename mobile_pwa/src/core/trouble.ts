// What an attempt to send that failed means: to be tried again, refused for good, or signed out.
import { Problem, Unreachable } from "../../../static/src/shared/api";
import type { Trouble } from "./rows";

export function troubleOf(error: unknown): Trouble {
  if (error instanceof Problem) {
    const { status, detail, faults } = error;
    if (status === 401) return { kind: "signed_out", detail, faults };
    return { kind: isFinal(status) ? "refused" : "busy", detail, faults };
  }
  const kind = error instanceof Unreachable ? "unreachable" : "busy";
  return { kind, detail: "", faults: [] };
}

/** No answer, or one that asks to try again later. */
export function isForLater(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  return error instanceof Problem && error.status !== 401 && !isFinal(error.status);
}

/** A status at which the same request would be refused again. */
export const isFinal = (status: number): boolean =>
  status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429;
