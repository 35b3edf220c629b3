// The rows of the phone's database: reports, photos, drafts of steps, and the steps that wait.
import type { PlaceValue } from "../../../static/src/shared/place-value";
import type { FieldFault, RefusalCode, ReportReceipt, StepName } from "../../../static/src/shared/shapes";
import type { Fix } from "./position";

export type ReportState = "draft" | "waiting" | "refused" | "sent";
/** What a reporter answered to one question of a category's form. */
export type AnswerValue = string | string[] | boolean | number;
export type Pin = { lon: number; lat: number; accuracy_m: number | null };
export type OwnPhoto = {
  sha256: string;
  width: number;
  height: number;
  sent: boolean;
  /** Why the server did not take it, in its words. */
  refused: string | null;
};
/** Why the last attempt to send failed. */
export type Trouble = {
  kind: "unreachable" | "signed_out" | "busy" | "refused";
  detail: string;
  faults: readonly FieldFault[];
  code?: RefusalCode | "";
};
export type Report = {
  id: string;
  person: string;
  made_at: number;
  changed_at: number;
  state: ReportState;
  category: string | null;
  /** The emergency numbers of a dangerous category were read. */
  warned: boolean;
  /** The numbers that were shown for words of danger and read. */
  heeded?: readonly string[];
  /** The person said that it is no accusation against an official. */
  no_accusation?: boolean;
  answers: Record<string, AnswerValue>;
  text: string;
  /** In the reporter's own words, beside the pin: 3 栋门口. */
  landmark?: string;
  /** The unit that is complained about; missing in drafts of earlier versions. */
  about_unit?: string | null;
  pin: Pin | null;
  photos: OwnPhoto[];
  /** When it was seen, by the server's clock; null: this phone's clock is of no use. */
  occurred_at?: string | null;
  /** When it was sent off, by the phone's own clock. */
  device_at?: string;
  /** When the server had all of it, by the phone's own clock. */
  delivered_at?: number;
  /** The number that it had when the server knew it no more, and it was offered again. */
  offered?: string;
  /** The person was shown which photos did not arrive. */
  losses_read?: boolean;
  tries: number;
  next_try: number | null;
  trouble: Trouble | null;
  receipt: ReportReceipt | null;
};

/** Bytes, not Blobs: some Safari versions lose Blobs that lie in IndexedDB. */
export type PhotoRow = { key: string; owner: string; bytes: ArrayBuffer };

export type StepValue = string | number | boolean | string[] | Fix | PlaceValue;
/** What was filled in for a step that was not taken yet. */
export type StepDraft = {
  key: string;
  person: string;
  alert: string;
  step: StepName;
  client_id: string;
  values: Record<string, StepValue>;
};
/** A step that was taken without a network and waits to be sent. */
export type QueuedStep = {
  client_id: string;
  person: string;
  alert: string;
  /** What the alert is called in a list while nothing can be asked. */
  title: string;
  step: StepName;
  /** What its button was called; steps that an older app kept have none. */
  label?: string;
  /** The version that was seen, for the first; the step before, for the others. */
  version: number;
  after: string | null;
  values: Record<string, StepValue>;
  photos: string[];
  made_at: number;
  device_at: string;
  state: "waiting" | "refused";
  tries: number;
  next_try: number | null;
  trouble: Trouble | null;
};

/** The last answer of the server to a question. */
export type KeptAnswer = { key: string; at: number; body: unknown };
