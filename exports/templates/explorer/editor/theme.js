// How the editor looks: in the colours of the page, so that it follows its light and dark palettes.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.keyword, color: "var(--papers)", fontWeight: "600" },
    { tag: tags.standard(tags.variableName), color: "var(--parts)" },
    { tag: tags.local(tags.variableName), color: "var(--people)" },
    { tag: tags.atom, color: "var(--law)" },
    { tag: [tags.string, tags.meta], color: "var(--outside)" },
    { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  ]),
);

export const look = EditorView.theme({
  "&": { width: "100%", color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--soft)", borderRadius: "3px" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { font: '.9375rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace', minHeight: "17rem", maxHeight: "70vh" },
  ".cm-content": { padding: ".6rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 .6rem" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--here)", color: "inherit" },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--warn)" },
  ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--soft)", borderRadius: "3px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "16rem", maxWidth: "min(90vw, 40rem)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".15rem .6rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected], .cm-tooltip-autocomplete-disabled ul li[aria-selected]": {
    color: "var(--ink)", backgroundColor: "var(--here)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal" },
  ".cm-tooltip.cm-completionInfo": { padding: ".4rem .6rem", fontFamily: "system-ui, sans-serif", maxWidth: "20rem" },
  // on a phone it would lie over the suggestions
  "@media (max-width: 700px)": { ".cm-tooltip.cm-completionInfo": { display: "none" } },
});
