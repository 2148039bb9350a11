/* Keeps a Yjs document and the server in step. An update counts as saved once the server says that it is in the
   database; what is unsaved when the line goes is sent again with the first exchange after it is back. */

import * as Y from "yjs";
import { applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { ENDED, TOO_LONG } from "./words.js";

const SYNC = 0;
const AWARENESS = 1;
const SAVED = 20;
const ABOUT = 21;
const HAVE = 0;
const LACK = 1;
const UPDATE = 2;
const GATHER_MS = 120;
const CARET_MS = 60;
const SILENT_MS = 45000;
const CONNECT_MS = 4000;
const FULL_MS = 15000;
const SLOWEST_MS = 8000;
const COLORS = {
  mentor: { color: "var(--mh-info)", colorLight: "color-mix(in srgb, var(--mh-info) 20%, transparent)" },
  mentee: { color: "var(--mh-warning)", colorLight: "color-mix(in srgb, var(--mh-warning) 20%, transparent)" },
};

function frame(kind, ...parts) {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, kind);
  for (const part of parts) {
    if (typeof part === "number") encoding.writeVarUint(out, part);
    else encoding.writeVarUint8Array(out, part);
  }
  return encoding.toUint8Array(out);
}

/* Gives carets their side's colour; to be called before an editor listens to the same awareness. */
export function colorCarets(awareness) {
  awareness.on("change", ({ added, updated }) => {
    for (const client of [...added, ...updated]) {
      const user = awareness.getStates().get(client)?.user;
      if (user) Object.assign(user, COLORS[user.side] || COLORS.mentee);
    }
  });
}

export class Sync {
  constructor(path, doc, awareness, onChange) {
    this.url = new URL(path, window.location.href);
    this.url.protocol = window.location.protocol === "https:" ? "wss:" : "ws:";
    this.doc = doc;
    this.awareness = awareness;
    this.onChange = onChange;
    this.facts = null;
    this.pending = [];
    this.sent = 0;
    this.saved = 0;
    this.tries = 0;
    this.status = {
      reached: false, wasReached: false, wasAway: false, canWrite: false, ended: false, full: false, unsaved: false, code: 0,
    };
    this.onUpdate = (update, origin) => {
      if (origin === this) return;
      this.pending.push(update);
      this.flushTimer ??= setTimeout(() => this.flush(), GATHER_MS);
      this.report({});
    };
    this.onCarets = (_, origin) => {
      if (origin === "local") this.caretTimer ??= setTimeout(() => this.sendCaret(), CARET_MS);
    };
    this.onOnline = () => this.retryNow();
    this.onOffline = () => this.socket?.close();
    this.onHide = () => this.flush();
    this.onLeaving = (event) => {
      this.flush();
      if (this.status.unsaved && this.status.canWrite) event.preventDefault();
    };
    doc.on("update", this.onUpdate);
    awareness.on("update", this.onCarets);
    window.addEventListener("online", this.onOnline);
    window.addEventListener("offline", this.onOffline);
    window.addEventListener("pagehide", this.onHide);
    window.addEventListener("beforeunload", this.onLeaving);
    this.watchdog = setInterval(() => {
      const patience = this.socket?.readyState === WebSocket.CONNECTING ? CONNECT_MS : SILENT_MS;
      if (this.socket && performance.now() - this.heard > patience) this.socket.close();
    }, 1000);
    this.open();
  }

  open() {
    clearTimeout(this.retryTimer);
    const socket = new WebSocket(this.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.heard = performance.now();
    this.sent = 0;
    this.saved = 0;
    socket.onopen = () => {
      if (socket !== this.socket) return;
      socket.send(frame(SYNC, HAVE, Y.encodeStateVector(this.doc)));
    };
    socket.onmessage = (event) => {
      if (socket !== this.socket) return;
      this.heard = performance.now();
      this.take(decoding.createDecoder(new Uint8Array(event.data)));
    };
    socket.onclose = (event) => {
      if (socket === this.socket) this.lost(event.code);
    };
  }

  lost(code) {
    this.socket = null;
    this.live = false;
    const others = [...this.awareness.getStates().keys()].filter((client) => client !== this.doc.clientID);
    removeAwarenessStates(this.awareness, others, this);
    const wasAway = this.status.wasAway || this.status.wasReached;
    this.report({ reached: false, wasAway, ended: code in ENDED, full: code === TOO_LONG, code });
    if (this.closing || code in ENDED) return;
    const wait = code === TOO_LONG ? FULL_MS : Math.min(SLOWEST_MS, 400 * 2 ** this.tries) * (0.7 + Math.random() * 0.6);
    this.tries += 1;
    this.retryTimer = setTimeout(() => this.open(), wait);
  }

  retryNow() {
    if (this.socket || this.status.ended || this.closing) return;
    this.tries = 0;
    this.open();
  }

  take(decoder) {
    const kind = decoding.readVarUint(decoder);
    if (kind === SYNC) this.takeSync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder));
    else if (kind === AWARENESS) applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this);
    else if (kind === SAVED) {
      this.saved = decoding.readVarUint(decoder);
      this.report({ full: false });
    } else if (kind === ABOUT) {
      this.facts = JSON.parse(new TextDecoder().decode(decoding.readVarUint8Array(decoder)));
      this.report({ canWrite: this.facts.canWrite });
    }
  }

  takeSync(step, data) {
    if (step !== HAVE) {
      Y.applyUpdate(this.doc, data, this);
      return;
    }
    this.live = true;
    this.tries = 0;
    this.pending = [];
    if (this.facts?.canWrite) this.send(LACK, Y.encodeStateAsUpdate(this.doc, data));
    this.sendCaret();
    this.report({ reached: true, wasReached: true });
  }

  send(step, update) {
    this.socket.send(frame(SYNC, step, update));
    this.sent += 1;
  }

  flush() {
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    if (!this.live || !this.pending.length) return;
    const update = this.pending.length === 1 ? this.pending[0] : Y.mergeUpdates(this.pending);
    this.pending = [];
    this.send(UPDATE, update);
    this.report({});
  }

  sendCaret() {
    clearTimeout(this.caretTimer);
    this.caretTimer = undefined;
    if (this.live) this.socket.send(frame(AWARENESS, encodeAwarenessUpdate(this.awareness, [this.doc.clientID])));
  }

  report(news) {
    const next = { ...this.status, ...news };
    next.unsaved = this.pending.length > 0 || (next.reached ? this.saved < this.sent : this.status.unsaved);
    this.status = next;
    this.onChange(next, this.facts);
    if (this.closing && !next.unsaved) this.end();
  }

  /* Leaves once what was typed is saved, or after a while. */
  finish() {
    this.closing = true;
    this.flush();
    if (this.status.unsaved && this.live) setTimeout(() => this.end(), 5000);
    else this.end();
  }

  end() {
    this.doc.off("update", this.onUpdate);
    this.awareness.off("update", this.onCarets);
    window.removeEventListener("online", this.onOnline);
    window.removeEventListener("offline", this.onOffline);
    window.removeEventListener("pagehide", this.onHide);
    window.removeEventListener("beforeunload", this.onLeaving);
    for (const timer of [this.flushTimer, this.caretTimer, this.retryTimer]) clearTimeout(timer);
    clearInterval(this.watchdog);
    const socket = this.socket;
    this.socket = null;
    this.live = false;
    socket?.close();
    this.awareness.destroy();
  }
}
