// The editor of the SPARQL page, in the place of the text area, which stays as the field of the form and holds the same text.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, insertBracket } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, StreamLanguage } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap } from "@codemirror/view";
import { ifInCode, suggest, variables } from "./completion.js";
import { colours, look } from "./theme.js";

const field = document.getElementById("query");
const { form } = field;

const run = { key: "Ctrl-Enter", mac: "Cmd-Enter", run: () => (form.requestSubmit(), true) };

// Left to the browser, typing over a selection leaves styles behind in elements, which the policy of the page forbids.
const over = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== "insertText" || !event.data || view.composing || view.state.selection.main.empty) return false;
    const typed = { userEvent: "input.type", scrollIntoView: true };
    view.dispatch(insertBracket(view.state, event.data) ?? view.state.update(view.state.replaceSelection(event.data), typed));
    return true;
  },
});

const view = new EditorView({
  state: EditorState.create({
    doc: field.value,
    extensions: [
      // Tab is nowhere in these: it leaves the editor, as it leaves any other field
      Prec.highest(keymap.of([run])),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      over,
      history(),
      highlightSpecialChars(),
      bracketMatching(),
      closeBrackets(),
      indentOnInput(),
      StreamLanguage.define(sparql),
      autocompletion({ override: [ifInCode(suggest(field.dataset.terms)), ifInCode(variables)], icons: false }),
      colours,
      look,
      EditorView.lineWrapping,
      EditorView.cspNonce.of(document.currentScript.nonce),
      EditorView.contentAttributes.of({
        "aria-label": form.querySelector("label").textContent,
        "aria-describedby": "keys",
        spellcheck: "false",
        autocapitalize: "off",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) field.value = update.state.doc.toString();
      }),
    ],
  }),
});

const busy = document.activeElement === field;
// a field that nobody sees cannot be filled in, so the browser may not ask for it
field.required = false;
field.hidden = true;
document.getElementById("keys").hidden = false;
field.after(view.dom);
if (busy) view.focus();
form.querySelector("label").addEventListener("click", () => view.focus());
