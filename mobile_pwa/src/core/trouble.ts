// What an attempt to send that failed means: to be tried again, refused for good, or signed out.
import { isSignedOut, Problem, Unreachable } from "../../../static/src/shared/api";
import type { Trouble } from "./rows";

export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Problem)) {
    return { kind: error instanceof Unreachable ? "unreachable" : "busy", detail: "", faults: [] };
  }
  const { detail, faults, code } = error;
  if (isSignedOut(error)) return { kind: "signed_out", detail, faults };
  return { kind: isFinal(error) ? "refused" : "busy", detail, faults, code };
}

/** No answer, or one that asks to try again later. */
export function isForLater(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  return error instanceof Problem && !isSignedOut(error) && !isFinal(error);
}

/** The server itself would refuse the same request again. What has no code of ours waits: somebody
 *  on the way said it. */
export const isFinal = ({ status, code }: Problem): boolean =>
  code !== "" && status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429;
