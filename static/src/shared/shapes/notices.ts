// What the desks of a person are told about the installation itself.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { Instant } from "./vocabulary";

/** One that still matters. */
export type DeskNotice = {
  id: string;
  code: string;
  at: Instant;
  sentence: string;
};

/** The newest first; empty for people who hold no such desk. */
export type DeskNotices = {
  now: Instant;
  notices: DeskNotice[];
};
