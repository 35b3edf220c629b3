// Reads from the syntax trees of modules which words they ask for, and which they keep themselves.
import { nodesOf } from "./imports";

type Node = ReturnType<typeof nodesOf>[number];

/** A key that `t` is asked for, with the names of what is filled in; null where these are not written there. */
export type Asked = { file: string; key: string; filled: readonly string[] | null };

export type Module = {
  file: string;
  asked: readonly Asked[];
  /** Every string that is written whole: keys may also travel through tables. */
  strings: ReadonlySet<string>;
  /** Keys of which a part is put in at run time, as patterns; the second are those that `t` is asked for. */
  families: readonly RegExp[];
  askedFamilies: readonly RegExp[];
  /** Sentences for people that stand in the code. */
  own: readonly string[];
};

export function readModule(file: string): Module {
  const nodes = nodesOf(file);
  return {
    file,
    asked: nodes.flatMap((node) => askedBy(node, file)),
    strings: new Set(nodes.flatMap((node) => stringOf(node) ?? [])),
    families: nodes.flatMap((node) => familyOf(node) ?? []),
    askedFamilies: nodes.flatMap((node) => (asksForWords(node) ? (familyOf((node["arguments"] as Node[])[0]) ?? []) : [])),
    own: nodes.flatMap((node) => sentencesOf(node)),
  };
}

function askedBy(node: Node, file: string): Asked[] {
  if (!asksForWords(node)) return [];
  const [key, params] = node["arguments"] as Node[];
  return keysIn(key).map((one) => ({ file, key: one, filled: namesIn(params) }));
}

const asksForWords = (node: Node): boolean =>
  node.type === "CallExpression" && (node["callee"] as Node)["name"] === "t";

/** `"a"`, `x ? "a" : "b"`, and these within each other. */
function keysIn(node: Node | undefined): string[] {
  if (node?.type === "ConditionalExpression") return [...keysIn(node["consequent"] as Node), ...keysIn(node["alternate"] as Node)];
  const whole = node && stringOf(node);
  return whole === null || whole === undefined ? [] : [whole];
}

function namesIn(params: Node | undefined): readonly string[] | null {
  if (params === undefined) return [];
  if (params.type !== "ObjectExpression") return null;
  const properties = params["properties"] as Node[];
  if (properties.some(({ type }) => type === "SpreadElement")) return null;
  return properties.map((property) => String((property["key"] as Node)["name"]));
}

function stringOf(node: Node): string | null {
  if (node.type === "Literal") return typeof node["value"] === "string" ? node["value"] : null;
  const quasis = node.type === "TemplateLiteral" ? textsOf(node) : [];
  return quasis.length === 1 ? (quasis[0] ?? null) : null;
}

const textsOf = (template: Node): string[] =>
  (template["quasis"] as Node[]).map((quasi) => (quasi["value"] as { cooked: string }).cooked);

/** `words.step.${step}` asks for every key that begins so. */
function familyOf(node: Node | undefined): RegExp | null {
  const texts = node?.type === "TemplateLiteral" ? textsOf(node) : [];
  if (texts.length < 2 || !/^[a-z_]+\.[a-z_.]*$/.test(texts[0] ?? "")) return null;
  return new RegExp(`^${texts.map((text) => text.replaceAll(".", "\\.")).join("[\\w.]+")}$`);
}

const HAN = /\p{Script=Han}/u;
const WORD = /\p{L}{2,}/u;
const SPOKEN_ATTRIBUTES = new Set(["aria-label", "title", "placeholder", "alt"]);

function sentencesOf(node: Node): string[] {
  if (node.type === "JSXText") return [String(node["value"])].filter((text) => WORD.test(text)).map((text) => text.trim());
  if (node.type === "JSXAttribute" && SPOKEN_ATTRIBUTES.has(String((node["name"] as Node)["name"]))) {
    return [stringOf((node["value"] ?? {}) as Node) ?? ""].filter((text) => WORD.test(text));
  }
  const texts = node.type === "TemplateLiteral" ? textsOf(node) : [stringOf(node) ?? ""];
  return texts.filter((text) => HAN.test(text));
}
