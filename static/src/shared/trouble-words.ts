// What went wrong, said to a person: the server's own sentence, or that it cannot be reached.
import { Problem, Unreachable } from "./api";
import { t } from "./words";

export function troubleWords(error: unknown): string {
  if (error instanceof Problem) return error.detail || t("trouble.server");
  return t(error instanceof Unreachable ? "trouble.unreachable" : "trouble.server");
}
