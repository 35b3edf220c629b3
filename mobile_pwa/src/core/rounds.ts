// Rounds in which what waits is sent: one at a time, in one tab at a time.
import type { Occasion } from "./backoff";
import { inOneTab } from "./one-tab";
import { session, signedOut } from "./session";

type Rounds = {
  /** Held by the tab that sends. */
  lock: string;
  /** Sends what is due; `tried` is what had its turn in these rounds, and is written on. */
  sendAll: (occasion: Occasion, tried: Set<string>) => Promise<void>;
  /** After the last round, whatever came of it. */
  ended: () => void;
};

/** Begins a round; asked for while one is under way, that one is followed by another for those that had no turn yet. */
export function inRounds({ lock, sendAll, ended }: Rounds): (occasion?: Occasion) => Promise<void> {
  let isUnderWay = false;
  let asked: Occasion | null = null;
  return async (occasion = "planned") => {
    if (signedOut.value || !session.value) return;
    if (asked !== "now") asked = occasion;
    if (isUnderWay) return;
    isUnderWay = true;
    const tried = new Set<string>();
    try {
      for (let now: Occasion | null = asked; now; now = asked) {
        const begun = now;
        asked = null;
        await inOneTab(lock, () => sendAll(begun, tried));
      }
    } finally {
      isUnderWay = false;
      ended();
    }
  };
}
