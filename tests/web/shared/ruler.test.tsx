// The ruler shows lateness beyond its limit, without a style attribute.
import { render } from "preact";
import { expect, test } from "vitest";
import { Ruler } from "../../../static/src/shared/ruler";
import { speakCity } from "../speak";

const draw = (share: number): HTMLElement => {
  speakCity("zh");
  const place = document.createElement("div");
  render(<Ruler share={share} state="orange" />, place);
  return place;
};

test("a limit just used up reaches three quarters, and nothing is hatched", () => {
  const ruler = draw(1);
  expect(ruler.querySelector(".rl-used")?.getAttribute("width")).toBe("75.0%");
  expect(ruler.querySelector(".rl-tail")).toBeNull();
});

test("what is late crosses the line, three limits fill the rest", () => {
  expect(draw(2.5).querySelector(".rl-tail")?.getAttribute("width")).toBe("12.5%");
  expect(draw(40).querySelector(".rl-tail")?.getAttribute("width")).toBe("25.0%");
});

test("it says its share and carries no style attribute", () => {
  const ruler = draw(1.9);
  expect(ruler.querySelector("svg")?.getAttribute("aria-label")).toBe("已用时限 190 %");
  expect(ruler.querySelector("[style]")).toBeNull();
});
