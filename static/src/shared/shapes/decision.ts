// Why an alert is where it is: the rule that decided, and every rule that was considered.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.

/** One rule, where its author wrote it, and what came of it.
 *
 *  `seen` and `wanted`: the fact that decided against it and what the rule asks of it, where it
 *  missed; `seen` null also where it is the reporter's own words and not for this reader. */
export type ConsideredRule = {
  rule: string;
  label: string;
  path: string;
  file: string;
  line: number;
  outcome: "matched" | "missed" | "lost" | "barred" | "set_aside" | "added";
  seen: unknown;
  wanted: unknown;
  sentence: string;
};

/** The decision in sentences, in the order in which the rules were considered.
 *
 *  `automatic`: no person had to accept it. `others`: how many rules speak of other categories.
 *  `life_word`: the reporter's word that made it a danger to life, for whoever may read the words. */
export type DecisionTrace = {
  playbook_version: number | null;
  automatic: boolean;
  lead: string | null;
  rule: ConsideredRule | null;
  sentence: string;
  considered: ConsideredRule[];
  tags: string[];
  notices: string[];
  others: number;
  life_word: string | null;
};
