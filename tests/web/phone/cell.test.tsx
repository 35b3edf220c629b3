// What is drawn of a cell is what it holds, whenever it was set.
import { render } from "preact";
import { expect, test, vi } from "vitest";
import { Cell, useCell } from "../../../mobile_pwa/src/core/cell";

function drawing(cell: Cell<string>): HTMLElement {
  const Shown = () => <p>{useCell(cell)}</p>;
  const place = document.createElement("div");
  render(<Shown />, place);
  return place;
}

test("what is set after it was drawn and before anybody listens is drawn, too", async () => {
  const cell = new Cell("before");
  const place = drawing(cell);
  cell.set("after"); // effects run after the paint: nobody listens yet
  await vi.waitFor(() => expect(place.textContent).toBe("after"));
});

test("so is what is set later", async () => {
  const cell = new Cell("before");
  const place = drawing(cell);
  await new Promise((told) => setTimeout(told, 150));
  cell.set("after");
  await vi.waitFor(() => expect(place.textContent).toBe("after"));
});
