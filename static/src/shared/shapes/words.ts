// What a city says in its own words, for faces that have the package's.
// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there.

/** A language of the city: how labels call it, how it is asked for, what it calls itself. */
export type SpokenLanguage = {
  tongue: string;
  code: string;
  name: string;
};

/** The city's languages, its own first, its time zone, and its words in the asked language.
 *
 *  `terms`: by the package's word the city's word for the same thing; `words`: by whole key what
 *  the city says otherwise, or in a language that the package does not have. */
export type OwnWords = {
  version: string;
  tongue: string;
  languages: SpokenLanguage[];
  zone: string;
  terms: Record<string, string>;
  words: Record<string, string>;
};
