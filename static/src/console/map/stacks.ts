// Which signs would lie on each other: alerts at one place, or so near that nobody could press them apart.
export type At = { x: number; y: number };

/** Groups what lies within `near` pixels of the first of its group; most stand alone. */
export function stacked<T>(things: readonly T[], at: (thing: T) => At, near: number): T[][] {
  const stacks: { at: At; things: T[] }[] = [];
  for (const thing of things) {
    const here = at(thing);
    const under = stacks.find((stack) => Math.hypot(stack.at.x - here.x, stack.at.y - here.y) <= near);
    if (under) under.things.push(thing);
    else stacks.push({ at: here, things: [thing] });
  }
  return stacks.map((stack) => stack.things);
}
