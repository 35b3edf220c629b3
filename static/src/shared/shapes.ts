// What goes over the wire.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
export type * from "./shapes/vocabulary";
export type * from "./shapes/labels";
export type * from "./shapes/promise";
export type * from "./shapes/card";
export type * from "./shapes/decision";
export type * from "./shapes/steps";
export type * from "./shapes/alert";
export type * from "./shapes/board";
export type * from "./shapes/lists";
export type * from "./shapes/forms";
export type * from "./shapes/places";
export type * from "./shapes/report";
export type * from "./shapes/session";
export type * from "./shapes/words";
export type * from "./shapes/notices";
export type * from "./shapes/problem";
export type * from "./shapes/reports";
export type * from "./shapes/health";
export type * from "./shapes/clock";
export type * from "./shapes/interface";
export * from "./shapes/tables";
