// Functions and components of the faces do one thing: forty lines at most.
// @vitest-environment node
import { expect, test } from "vitest";
import { lengthsOf } from "./functions";
import { modulesBelow } from "./imports";

const MOST_LINES = 40;

/** What is longer today, with its lines. This list only shrinks: split one, take it out. */
const LONGER: Record<string, number> = {
};

const long = [...modulesBelow("mobile_pwa/src"), ...modulesBelow("static/src")].flatMap((file) =>
  lengthsOf(file)
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ name, lines }) => ({ place: `${file}: ${name}`, lines })),
);

test("no function or component is over forty lines", () => {
  const longer = long.filter(({ place, lines }) => lines > (LONGER[place] ?? MOST_LINES));
  expect(longer.map(({ place, lines }) => `${place} has ${lines} lines: it does two things, split it.`)).toEqual([]);
});

test("whatever was split is no exception any more", () => {
  const places = long.map(({ place }) => place);
  const split = Object.keys(LONGER).filter((place) => !places.includes(place));
  expect(split.map((place) => `${place} is short now: take it out of LONGER in tests/web/house/lengths.test.ts.`)).toEqual([]);
});

test("the check itself sees functions, components, methods and callbacks, without their heads", () => {
  const lines = Object.fromEntries(lengthsOf("tests/web/house/imports.ts").map(({ name, lines }) => [name, lines]));
  expect(lines).toMatchObject({ graphOf: 2, modulesBelow: 4, addressOf: 3 });
});
