import { useEffect, useId, useRef, useState } from "react";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { Editor } from "./editor.js";
import { Sync, colorCarets } from "./sync.js";
import { HINT, savedWords, spokenWords } from "./words.js";

const OPENING = { reached: false, wasReached: false, canWrite: false, ended: false, unsaved: false };

function Check() {
  return (
    <svg className="icon icon-s" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M20 6 9 17l-5-5" />
    </svg>
  );
}

export function Notepad({ syncPath, title, level, children }) {
  const host = useRef(null);
  const name = useId();
  const [status, setStatus] = useState(OPENING);
  const [writers, setWriters] = useState(1);

  useEffect(() => {
    if (!syncPath) return undefined;
    const doc = new Y.Doc();
    const ytext = doc.getText("notes");
    const awareness = new Awareness(doc);
    const shown = { facts: null };
    colorCarets(awareness);
    const editor = new Editor(host.current, ytext, awareness, { label: title, describedBy: `${name}-hint` });
    const sync = new Sync(syncPath, doc, awareness, (next, facts) => {
      setStatus(next);
      const mayWrite = next.canWrite && !next.ended;
      if (facts !== shown.facts || mayWrite !== editor.canWrite) {
        shown.facts = facts;
        editor.learn(facts, mayWrite);
      }
    });
    const count = () => {
      const there = [...awareness.getStates().values()].filter((state) => state.cursor);
      setWriters(Math.max(1, there.length));
    };
    awareness.on("change", count);
    return () => {
      awareness.off("change", count);
      editor.end();
      sync.finish();
    };
  }, [syncPath]);

  const Heading = `h${level || 2}`;
  const isSaved = status.reached && status.canWrite && !status.unsaved && !status.full;
  return (
    <section className="notepad" aria-labelledby={`${name}-title`} data-saved={isSaved}>
      <div className="notepad-head">
        <Heading id={`${name}-title`}>{title}</Heading>
        <span className={status.wasReached && !isSaved ? "notepad-state notepad-unsaved" : "notepad-state"}>
          {isSaved && <Check />}
          {savedWords(status, writers)}
        </span>
        <span className="hidden-text" role="status">{spokenWords(status)}</span>
      </div>
      <div className="notepad-scroll" role="region" aria-label="Notes text" tabIndex={0}>
        {children}
        <div className="notepad-lines" ref={host} />
      </div>
      <div className="notepad-foot">
        <span id={`${name}-hint`}><span className="kbd">{HINT}</span> makes an action item</span>
      </div>
    </section>
  );
}
