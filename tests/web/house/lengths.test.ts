// Functions and components of the faces do one thing: forty lines at most.
// @vitest-environment node
import { expect, test } from "vitest";
import { lengthsOf } from "./functions";
import { modulesBelow } from "./imports";

const MOST_LINES = 40;

const long = [...modulesBelow("mobile_pwa/src"), ...modulesBelow("static/src")].flatMap((file) =>
  lengthsOf(file)
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ name, lines }) => ({ place: `${file}: ${name}`, lines })),
);

test("no function or component is over forty lines", () => {
  expect(long.map(({ place, lines }) => `${place} has ${lines} lines: it does two things, split it.`)).toEqual([]);
});

test("the check itself sees functions, components, methods and callbacks, without their heads", () => {
  const lines = Object.fromEntries(lengthsOf("tests/web/house/imports.ts").map(({ name, lines }) => [name, lines]));
  expect(lines).toMatchObject({ graphOf: 2, modulesBelow: 4, addressOf: 3 });
});
