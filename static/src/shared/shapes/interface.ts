// The description of the interface itself, as OpenAPI 3.1 has it.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.

/** What it is called, and which version of the interface it is. */
export type InterfaceInfo = {
  title: string;
  version: string;
  summary: string;
  description: string;
};

/** Where the addresses begin. */
export type InterfaceServer = {
  url: string;
};

/** A group of addresses. */
export type InterfaceTag = {
  name: string;
};

/** Every address with what it takes, answers and refuses. */
export type Interface = {
  openapi: string;
  info: InterfaceInfo;
  servers: InterfaceServer[];
  tags: InterfaceTag[];
  paths: Record<string, Record<string, unknown>>;
  components: Record<string, Record<string, unknown>>;
};
