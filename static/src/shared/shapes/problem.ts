// A refusal as the body of an answer: RFC 9457, with a stable code and every fault.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.
import type { FaultCode, RefusalCode } from "./vocabulary";

/** What is wrong with one field, and in words what to do. */
export type FieldFault = {
  field: string;
  code: FaultCode;
  detail: string;
};

/** `detail` tells the person what to do, in the asked language. */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  code: RefusalCode;
  detail: string;
  faults: FieldFault[];
};
