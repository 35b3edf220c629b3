// How is what went wrong said to a person?
import { Problem, Unreachable } from "../shared/api";
import { say } from "./say";

export function problemWords(error: unknown): string {
  if (error instanceof Problem && error.detail !== "") return error.detail;
  return say(error instanceof Unreachable ? "trouble.unreachable" : "trouble.unknown");
}
