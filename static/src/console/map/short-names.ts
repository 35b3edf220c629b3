// Shortens the names of places that are all of one kind.

/** What all names end with is left out (… Subdistrict): on a map of them it says nothing. */
export function shortNames(names: readonly string[]): string[] {
  const words = names.map((name) => name.split(" "));
  const last = words[0]?.at(-1);
  const shared = names.length > 1 && words.every((each) => each.length > 1 && each.at(-1) === last);
  return shared ? words.map((each) => each.slice(0, -1).join(" ")) : [...names];
}
