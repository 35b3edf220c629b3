// A report as JSON: the keys of its columns, and its rows.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.

/** Rows have the keys of `columns`, and ids beside their labels. */
export type MadeReport = {
  title: string;
  columns: string[];
  rows: Record<string, string | number | boolean | string[] | null>[];
};
