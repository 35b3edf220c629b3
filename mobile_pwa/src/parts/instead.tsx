// Leads to another screen, once: for an address at which there is nothing to show any more.
import { useEffect } from "preact/hooks";
import { goInstead } from "../core/route";

export function Instead({ at }: { at: readonly string[] }) {
  useEffect(() => goInstead(...at), []);
  return null;
}
