// A volunteer's report: the body that makes an alert, and what its reporter is told at once.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { NamedUnit, SpokenEmergencyCall } from "./labels";
import type { Clock, Instant, Status } from "./vocabulary";

/** A point as the device says it; degrees, accuracy in metres. */
export type SentPosition = {
  lon: number;
  lat: number;
  accuracy_m?: number | null;
  crs?: "wgs84" | "gcj02" | "bd09";
};

/** A problem at a place: `position` or `grid`, `text` or photos. `photos`: the SHA-256 digests
 *  of the bytes to come. `landmark`: where exactly, in the reporter's words. `device_at`: what the
 *  device's own clock said, right or wrong. `accusation`: the person says that it is one against an
 *  official; it is refused, and nothing of it is kept. `about_unit`: the unit that is complained
 *  about. */
export type ReportBody = {
  category: string;
  text?: string | null;
  position?: SentPosition | null;
  grid?: string | null;
  answers?: Record<string, unknown>;
  photos?: string[];
  occurred_at?: string | null;
  landmark?: string | null;
  device_at?: string | null;
  about_unit?: string | null;
  accusation?: boolean | null;
};

/** By when something will be done; null: no calendar reaches. */
export type ReceiptPromise = {
  clock: Clock;
  due_at: Instant | null;
};

/** The alert about the same problem, into which the report was merged. */
export type JoinedAlert = {
  number: string;
  status: Status;
  lead: NamedUnit | null;
  promises: ReceiptPromise[];
};

/** The number, who has it, and until when. `notices`: what the rules say to the reporter.
 *  `emergency`: the numbers to call, where lives may depend on it. */
export type ReportReceipt = {
  id: string;
  number: string;
  version: number;
  status: Status;
  lead: NamedUnit | null;
  promises: ReceiptPromise[];
  reason: string;
  notices: string[];
  life_safety: boolean;
  merged_into: JoinedAlert | null;
  emergency?: SpokenEmergencyCall[];
};

/** The photo whose bytes are kept. */
export type PhotoKept = {
  sha256: string;
};
