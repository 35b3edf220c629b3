// Brings the first fault of a form into view and gives its control the focus: nobody has to look for it.

const FAULTS = '[aria-invalid="true"], [role="alert"], .fault';
const ASKED = ".field, .area, fieldset";
const CONTROLS = "input, select, textarea, button";

/** Whether something was wrong. */
export function showFault(within: ParentNode | null | undefined): boolean {
  const fault = within?.querySelector<HTMLElement>(FAULTS);
  if (!fault) return false;
  const asked = fault.closest<HTMLElement>(ASKED);
  const target = fault.matches(CONTROLS) ? fault : (asked?.querySelector<HTMLElement>(CONTROLS) ?? fault);
  if (!target.matches(CONTROLS)) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  (asked ?? fault).scrollIntoView({ block: "nearest" });
  return true;
}
