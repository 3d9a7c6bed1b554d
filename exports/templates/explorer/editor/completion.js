// What the editor suggests: prefixes, classes and properties as the server knows them, words of SPARQL, variables of the query.
import { ifNotIn } from "@codemirror/autocomplete";

const WORDS = `ASK AS ASC BIND BY CONSTRUCT COUNT DESC DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP HAVING IN LIMIT MINUS
  NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED REGEX SAMPLE SELECT STR SUM UNION VALUES WHERE`.split(/\s+/);
const NAME = /[\w-]+(:[\w-]*)?$/;
const VARIABLE = /[?$]\w*$/;

export const ifInCode = (source) => ifNotIn(["string", "comment"], source);

/** A source of suggestions that fetches what is known from an address, when it is first needed. */
export function suggest(address) {
  let known;
  return async (context) => {
    const found = context.matchBefore(NAME);
    if (!found && !context.explicit) return null;
    known ??= fetch(address).then((answer) => answer.json()).catch(() => []);
    const options = [...(await known), ...WORDS.map((label) => ({ label, type: "keyword", boost: -1 }))];
    return { from: found?.from ?? context.pos, options, validFor: NAME };
  };
}

/** The variables that the query has elsewhere. */
export function variables(context) {
  const found = context.matchBefore(VARIABLE);
  if (!found) return null;
  const text = context.state.doc.toString();
  const others = text.slice(0, found.from) + text.slice(context.pos);
  const options = [...new Set(others.match(/[?$]\w+/g))].sort().map((label) => ({ label, type: "variable" }));
  return { from: found.from, options, validFor: VARIABLE };
}
