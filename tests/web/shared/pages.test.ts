// Where people work after signing in, written again beside the table of pages.
import { expect, test } from "vitest";
import { addressOf, workplace } from "../../../static/src/shared/pages";

test.each([
  [["supervisor"], "/reports/overdue"],
  [["supervisor", "handler"], "/reports/overdue"],
  [["district_dispatcher"], "/console"],
  [["volunteer", "department_dispatcher"], "/console"],
  [["street_dispatcher"], "/console"],
  [["handler"], "/m/"],
  [["grid_worker"], "/m/"],
  [["volunteer"], "/m/"],
  [["admin"], "/"],
  [["auditor"], "/audit"],
  [[], "/"],
])("%j work at %s", (roles, address) => {
  expect(workplace(new Set(roles))).toBe(address);
});

test("a page is found by its name", () => {
  expect(addressOf("login")).toBe("/login");
});
