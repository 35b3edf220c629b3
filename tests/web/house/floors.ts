// Judges a graph of modules by floors: what stands above what, what sees whom, and where a circle runs.
import type { Graph } from "./imports";

/** `floors` from the top; on a floor, those beside each other (`a | b`) may not see each other. */
export type Room = { at: string; floors: readonly string[] };

const TABLE = "FLOORS in tests/web/house/layers.test.ts";

/** Members of a room that no floor names, and names without a member. */
export function unplaced(members: readonly string[], { at, floors }: Room): string[] {
  const named = floors.flatMap(membersOf);
  return [
    ...members
      .filter((member) => !named.includes(member))
      .map((member) => `${at}/${member} stands on no floor: name it in ${TABLE}, above everything it imports.`),
    ...named
      .filter((name) => !members.includes(name))
      .map((name) => `${at}/${name} is not there any more: take it out of ${TABLE}.`),
  ];
}

/** Imports inside a room that go up, or across to a sibling. */
export function upward(graph: Graph, { at, floors }: Room): string[] {
  const floorOf = new Map(floors.flatMap((floor, height) => membersOf(floor).map((name) => [name, height] as const)));
  return edgesOf(graph).flatMap(([from, to]) => {
    const [one, other] = [memberOf(at, from), memberOf(at, to)];
    if (one === null || other === null || one === other) return [];
    const [above, below] = [floorOf.get(one), floorOf.get(other)];
    if (above === undefined || below === undefined || above < below) return [];
    const where = above === below ? "beside" : "below";
    return [
      `${from} imports ${to}, but "${one}" stands ${where} "${other}": move what both need to a floor below both,` +
        " or let whoever stands above both hand it in.",
    ];
  });
}

/** Imports from inside a folder that leave it for a place that is not allowed to it. */
export function outside(graph: Graph, folder: string, allowed: readonly string[]): string[] {
  const inside = [folder, ...allowed].map((name) => `${name}/`);
  return edgesOf(graph)
    .filter(([from, to]) => from.startsWith(`${folder}/`) && !allowed.includes(to) && !inside.some((start) => to.startsWith(start)))
    .map(([from, to]) => `${from} imports ${to}: ${folder} may see ${allowed.join(" and ")} beside itself; move what is shared to static/src/shared.`);
}

/** One circle for each module from which a way leads back to it, each told once. */
export function circles(graph: Graph): string[] {
  const told = new Set<string>();
  return [...graph.keys()].flatMap((start) => {
    const way = told.has(start) ? null : wayBack(graph, start);
    if (way === null) return [];
    for (const module of way) told.add(module);
    return [`${[...way, start].join(" → ")}: a circle. Put what they share into a module below all of them.`];
  });
}

/** The shortest way from a module back to itself, without its end; null where there is none. */
function wayBack(graph: Graph, start: string): string[] | null {
  const seen = new Set<string>();
  let ways = [[start]];
  while (ways.length > 0) {
    const longer: string[][] = [];
    for (const way of ways) {
      for (const next of graph.get(way.at(-1) ?? "") ?? []) {
        if (next === start) return way;
        if (!seen.has(next)) longer.push([...way, next]);
        seen.add(next);
      }
    }
    ways = longer;
  }
  return null;
}

export const membersOf = (floor: string): string[] => floor.split("|").map((name) => name.trim());

/** The folder or module directly in the room to which a file belongs; null for files elsewhere. */
export function memberOf(at: string, file: string): string | null {
  if (!file.startsWith(`${at}/`)) return null;
  const [first = ""] = file.slice(at.length + 1).split("/");
  return first.replace(/\.tsx?$/, "");
}

const edgesOf = (graph: Graph): [string, string][] =>
  [...graph].flatMap(([from, all]) => all.map((to): [string, string] => [from, to]));
