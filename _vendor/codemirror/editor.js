// The editor of a code cell: CodeMirror 6, lean. No close-brackets and no placeholder: both get in the way of touch keyboards.
import { EditorView, keymap } from "@codemirror/view";
import { EditorState } from "@codemirror/state";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const look = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], class: "nn-k" },
  { tag: [tags.string, tags.special(tags.string)], class: "nn-s" },
  { tag: [tags.number, tags.bool, tags.null], class: "nn-n" },
  { tag: tags.comment, class: "nn-c" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], class: "nn-f" },
]);

export function editor(parent, { doc, label, keys, changed }) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc,
      extensions: [
        keymap.of([...keys, { key: "Tab", run: tabKey }, { key: "Shift-Tab", run: indentLess }]),
        history(), indentOnInput(), indentUnit.of("    "), bracketMatching(), syntaxHighlighting(look), python(),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
        EditorView.updateListener.of(update => { if (update.docChanged) changed(update.state.doc.toString()); }),
      ],
    }),
  });
  let leaving = false;                                  // Escape, then Tab, leaves the editor as in any other field
  view.contentDOM.addEventListener("keydown", event => { leaving = event.key === "Escape" || (leaving && event.key === "Shift"); }, true);
  function tabKey(target) { return leaving ? false : indentMore(target); }
  return {
    get text() { return view.state.doc.toString(); },
    set text(text) {
      if (text !== view.state.doc.toString())
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    get place() { return view.state.selection.main.head; },
    set place(place) { view.dispatch({ selection: { anchor: Math.min(place, view.state.doc.length) } }); },
    focus() { view.focus(); },
    destroy() { view.destroy(); },
  };
}
