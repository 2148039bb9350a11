/* The editor: plain lines, each with its writer in the margin, and under a line with a box the item it became. */

import { standardKeymap } from "@codemirror/commands";
import { Compartment, EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration, EditorView, GutterMarker, MatchDecorator, ViewPlugin, WidgetType, drawSelection, gutter, keymap, placeholder,
} from "@codemirror/view";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import * as Y from "yjs";
import { DATE_REFUSED, PLACEHOLDER } from "./words.js";

const BOX_OR_NAME = /^\s*(?:[-*•]\s+)?\[[ xX]?\]|(?:^|\s)@[\w.'-]+/g;
const look = StateEffect.define();

const theme = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--mh-ink)", fontSize: "15px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.6", overflow: "visible" },
  ".cm-content": { padding: "14px 0 24px", caretColor: "var(--mh-ink)" },
  ".cm-line": { padding: "3px 20px 3px 0" },
  ".cm-gutters": { backgroundColor: "transparent", border: "0", color: "inherit", minWidth: "46px" },
  ".cm-gutterElement": { padding: "5px 10px 0 14px" },
  ".cm-cursor": { borderLeft: "2px solid var(--mh-ink)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--mh-brand) 22%, transparent)",
  },
  ".cm-placeholder": { color: "var(--mh-muted)" },
  ".cm-ySelectionCaret": { borderLeftWidth: "2px", marginLeft: "0", marginRight: "0" },
  ".cm-ySelectionCaretDot": { display: "none" },
  ".cm-ySelectionInfo": {
    opacity: "1", top: "50%", left: "2px", transform: "translateY(-50%)", padding: "4px 7px", borderRadius: "2px 6px 6px 2px",
    fontFamily: "inherit", fontSize: "11px", fontWeight: "650", lineHeight: "1", color: "var(--mh-surface)", transition: "none",
  },
});

class Writer extends GutterMarker {
  constructor(name, mine, side) {
    super();
    Object.assign(this, { name, mine, side });
  }

  eq(other) {
    return this.name === other.name && this.mine === other.mine && this.side === other.side;
  }

  toDOM() {
    const mark = document.createElement("span");
    mark.className = this.side === "mentor" ? "by by-k" : "by by-r";
    mark.title = this.mine ? "Written by you" : `Written by ${this.name}`;
    mark.textContent = [...this.name][0]?.toUpperCase() || "";
    return mark;
  }
}

class Item extends WidgetType {
  constructor(item) {
    super();
    this.item = item;
    this.same = JSON.stringify(item);
  }

  eq(other) {
    return this.same === other.same;
  }

  get estimatedHeight() {
    return 76;
  }

  toDOM() {
    const { text, owner, due, done, refused } = this.item;
    const place = document.createElement("div");
    place.className = "made-place";
    const card = place.appendChild(document.createElement("div"));
    card.className = done ? "made made-done" : "made";
    const facts = [owner, done ? "done" : due, refused && !done ? DATE_REFUSED : ""].filter(Boolean);
    for (const [words, kind] of [[text, "made-what"], ...facts.map((fact) => [fact, "made-fact"])]) {
      const part = document.createElement("span");
      part.className = kind;
      part.textContent = words;
      card.append(part);
    }
    return place;
  }

  ignoreEvent() {
    return false;
  }
}

function itemCards(state, ytext, facts) {
  const items = new Map((facts?.items || []).map((item) => [item.key, item]));
  if (!items.size || ytext.length !== state.doc.length) return Decoration.none;
  const found = [];
  let at = 0;
  for (const { insert, attributes } of ytext.toDelta()) {
    const item = items.get(attributes?.item);
    if (item) {
      items.delete(item.key);
      found.push(Decoration.widget({ widget: new Item(item), block: true, side: 1 }).range(state.doc.lineAt(at).to));
    }
    at += typeof insert === "string" ? insert.length : 1;
  }
  return Decoration.set(found, true);
}

function writerOf(ytext, at, facts) {
  if (at >= ytext.length) return null;
  const client = Y.createRelativePositionFromTypeIndex(ytext, at).item?.client;
  const person = client === ytext.doc.clientID ? facts.me : ytext.doc.getMap("authors").get(String(client));
  const name = facts.names[person];
  return name ? new Writer(name, person === facts.me, person === facts.mentor ? "mentor" : "mentee") : null;
}

const marks = (() => {
  const matcher = new MatchDecorator({ regexp: BOX_OR_NAME, decoration: Decoration.mark({ class: "note-mark" }) });
  return ViewPlugin.define(
    (view) => ({
      decorations: matcher.createDeco(view),
      update(update) {
        this.decorations = matcher.updateDeco(update, this.decorations);
      },
    }),
    { decorations: (plugin) => plugin.decorations },
  );
})();

export class Editor {
  constructor(parent, ytext, awareness, { label, describedBy }) {
    this.facts = null;
    this.writing = new Compartment();
    const cards = StateField.define({
      create: () => Decoration.none,
      update: (shown, change) =>
        change.effects.some((effect) => effect.is(look))
          ? itemCards(change.state, ytext, this.facts)
          : shown.map(change.changes),
      provide: (field) => EditorView.decorations.from(field),
    });
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        doc: ytext.toString(),
        extensions: [
          keymap.of([...yUndoManagerKeymap, ...standardKeymap]),
          EditorView.lineWrapping,
          drawSelection(),
          placeholder(PLACEHOLDER),
          EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": describedBy, spellcheck: "true" }),
          gutter({
            class: "notepad-writers",
            lineMarker: (view, line) =>
              this.facts && line.length && ytext.length === view.state.doc.length
                ? writerOf(ytext, line.from, this.facts)
                : null,
            lineMarkerChange: (update) => update.transactions.some((t) => t.effects.some((effect) => effect.is(look))),
          }),
          cards,
          marks,
          yCollab(ytext, awareness, { undoManager: new Y.UndoManager(ytext) }),
          this.writing.of(EditorState.readOnly.of(true)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) this.lookSoon();
          }),
          theme,
        ],
      }),
    });
  }

  /* The document of the editor is a step ahead of the shared one while a change is under way, so look after it. */
  lookSoon() {
    if (this.looking) return;
    this.looking = true;
    queueMicrotask(() => {
      this.looking = false;
      if (!this.gone) this.view.dispatch({ effects: look.of(null) });
    });
  }

  learn(facts, canWrite) {
    this.facts = facts;
    if (canWrite !== this.canWrite) {
      this.canWrite = canWrite;
      this.view.dispatch({
        effects: this.writing.reconfigure([
          EditorState.readOnly.of(!canWrite),
          EditorView.contentAttributes.of({ "aria-readonly": canWrite ? "false" : "true" }),
        ]),
      });
    }
    this.lookSoon();
  }

  end() {
    this.gone = true;
    this.view.destroy();
  }
}
