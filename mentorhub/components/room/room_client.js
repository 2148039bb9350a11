/* The room without a framework: who is in it, our line, and coming back by ourselves after a drop. */

import { Line } from "./line.js";
import { judge, read } from "./quality.js";

const BACKOFF_MS = [200, 500, 1000, 2000, 5000];
const STALLED_MS = 4000;
const SETTLED_MS = 2000;
const LOOK_MS = 1000;
const LOOKS_PER_JUDGEMENT = 2;
const FINAL = new Set(["forged", "expired", "full", "cancelled", "elsewhere", "offer", "origin"]);

/* phase: watching, joining, in, reconnecting, left, refused */
export class RoomClient {
  constructor({ base, token, places = 2, onChange }) {
    this.base = base;
    this.places = places;
    this.token = token;
    this.page = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(36)).join("");
    this.onChange = onChange;
    this.tracks = { microphone: null, camera: null, screen: null };
    this.state = { phase: "watching", reason: "", message: "", reached: false, others: [], slots: [], quality: "", clock: null };
    this.line = null;
    this.remote = { microphone: null, camera: null, screen: null };
    this.attempt = 0;
    this.reconnects = 0;
    this.listeners = [
      [globalThis, "online", () => this.hurry()],
      [globalThis, "pagehide", () => this.#beacon()],
      [globalThis, "pageshow", (event) => event.persisted && this.hurry(true)],
      [document, "visibilitychange", () => document.visibilityState === "visible" && this.hurry()],
    ];
    for (const [target, name, listener] of this.listeners) target.addEventListener(name, listener);
    this.#openEvents();
    this.timer = setInterval(() => this.#look(), LOOK_MS);
  }

  get inside() {
    return ["joining", "in", "reconnecting"].includes(this.state.phase);
  }

  /* In, and long enough for news that was on its way when we came in to have arrived. */
  get #settled() {
    return this.state.phase === "in" && performance.now() - this.takenAt > SETTLED_MS;
  }

  #set(change) {
    this.state = { ...this.state, ...change };
    this.onChange?.(this.state);
  }

  /* --- who is there ------------------------------------------------------------------------- */

  #openEvents() {
    clearTimeout(this.eventsTimer);
    const url = new URL(`${this.base}/events`, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.events = socket;
    socket.onopen = () => socket.send(JSON.stringify({ token: this.token, page: this.page }));
    socket.onmessage = ({ data }) => {
      if (this.events === socket) this.#heard(JSON.parse(data));
    };
    socket.onclose = () => {
      if (this.events !== socket || this.closed || ["refused", "left"].includes(this.state.phase)) return;
      if (this.state.reached) this.#set({ reached: false });
      this.eventsTries = (this.eventsTries ?? 0) + 1;
      this.eventsTimer = setTimeout(() => this.#openEvents(), this.#pause(this.eventsTries - 1));
    };
  }

  #heard(message) {
    if (message.type === "closed") {
      if (FINAL.has(message.reason)) this.#refuse(message);
      return;
    }
    this.eventsTries = 0;
    if (!this.state.reached) this.#sayDevices();
    const clock = { server: message.now * 1000, page: performance.now(), closesAt: message.closes_at * 1000 };
    this.#set({ reached: true, others: message.others, slots: message.slots, clock });
    if (message.elsewhere && this.inside) {
      this.#refuse({ reason: "elsewhere", message: "You are in this room in another window." });
    } else if (this.#settled && ["outside", "left"].includes(message.you)) {
      this.#rejoin("the server has no place for us");
    }
  }

  #sayDevices() {
    if (this.events?.readyState === WebSocket.OPEN && this.inside) this.events.send(JSON.stringify(this.#devices()));
  }

  #devices() {
    const { microphone, camera, screen } = this.tracks;
    return { microphone: Boolean(microphone?.enabled), camera: Boolean(camera), screen: Boolean(screen) };
  }

  /* --- our line ----------------------------------------------------------------------------- */

  join(tracks) {
    Object.assign(this.tracks, tracks);
    this.#set({ phase: "joining", reason: "", message: "" });
    this.attempt = 0;
    return this.#connect();
  }

  async #connect() {
    if (this.connecting || !this.inside) return;
    this.connecting = true;
    clearTimeout(this.joinTimer);
    const line = new Line(this.tracks, this.places, (state) => this.line === line && this.#lineChanged(state));
    try {
      const answer = await this.#ask(await line.offer());
      if (answer) {
        await line.accept(answer.sdp);
        if (this.inside) this.#take(line);
      }
    } catch (error) {
      this.lastError = String(error);
    } finally {
      this.connecting = false;
      if (this.line !== line) line.close();
    }
    if (this.inside && this.line !== line) this.#again();
  }

  async #ask(sdp) {
    const response = await fetch(`${this.base}/join`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${this.token}` },
      body: JSON.stringify({ sdp, page: this.page, resume: this.state.phase === "reconnecting", ...this.#devices() }),
    });
    const body = await response.json().catch(() => ({}));
    if (response.ok) return body;
    if (FINAL.has(body.reason)) this.#refuse(body);
    return null;
  }

  #take(line) {
    const old = this.line;
    this.line = line;
    this.takenAt = performance.now();
    this.attempt = 0;
    this.progress = null;
    for (const source of Object.keys(this.remote)) {
      this.remote[source] = line.remote(source);
      line.send(source, this.tracks[source]).catch(() => {});
    }
    this.#set({ phase: "in" });
    this.#sayDevices();
    old?.close();
  }

  #lineChanged(state) {
    if (state === "disconnected" || state === "failed") this.#rejoin(`line ${state}`);
  }

  #rejoin(why) {
    if (!this.inside) return;
    this.reconnects += 1;
    this.lastError = why;
    if (this.state.phase === "in") this.#set({ phase: "reconnecting" });
    this.#connect();
  }

  #again() {
    clearTimeout(this.joinTimer);
    this.joinTimer = setTimeout(() => this.#connect(), this.#pause(this.attempt));
    this.attempt += 1;
  }

  /* Up to a fifth longer, so that two pages do not knock at the same instant. */
  #pause(tries) {
    return BACKOFF_MS[Math.min(tries, BACKOFF_MS.length - 1)] * (1 + Math.random() / 5);
  }

  /* The network or the page is back: do not wait for the next try. */
  hurry(restored = false) {
    if (this.closed) return;
    if (this.events.readyState > WebSocket.OPEN) this.#openEvents();
    if (restored && this.state.phase === "in") this.#rejoin("page restored");
    if (["joining", "reconnecting"].includes(this.state.phase)) {
      this.attempt = 0;
      this.#connect();
    }
  }

  #refuse({ reason, message }) {
    this.#drop();
    this.#set({ phase: "refused", reason, message });
  }

  /* --- watching the line -------------------------------------------------------------------- */

  async #look() {
    if (!this.line || this.state.phase !== "in") return;
    const line = this.line;
    const now = read(await line.stats());
    if (line !== this.line) return;
    const moved = now.bytes + now.answers;
    const at = performance.now();
    if (!this.progress || this.progress.moved !== moved) this.progress = { moved, at };
    else if (at - this.progress.at > STALLED_MS) this.#rejoin("nothing arrives");
    this.looks = [...(this.looks ?? []), now].slice(-1 - LOOKS_PER_JUDGEMENT);
    this.looked = (this.looked ?? 0) + 1;
    if (this.looks.length > LOOKS_PER_JUDGEMENT && this.looked % LOOKS_PER_JUDGEMENT === 0) {
      const watching = this.state.others.some((other) => other.presence === "here" && other.camera);
      const quality = judge(this.looks[0], now, watching);
      if (quality !== this.state.quality) this.#set({ quality });
    }
  }

  remoteLevel(mid) {
    return this.state.phase === "in" ? (this.line?.remoteLevel(mid) ?? 0) : 0;
  }

  /* What of a person's reaches us now, by source: the track and the line it comes on. */
  receivedFrom(user) {
    const shown = this.state.slots.filter((slot) => slot.user === user && this.line);
    return Object.fromEntries(shown.map(({ source, mid }) => [source, { mid, track: this.line.trackOn(mid) }]));
  }

  /* --- what one does in the room ------------------------------------------------------------ */

  mute(muted) {
    if (this.tracks.microphone) this.tracks.microphone.enabled = !muted;
    this.#sayDevices();
  }

  /* Another track, or none; the old one is stopped, so that the camera's light goes out. */
  async publish(source, track) {
    const old = this.tracks[source];
    this.tracks[source] = track;
    await this.line?.send(source, track);
    if (old && old !== track) old.stop();
    this.#sayDevices();
  }

  leave() {
    this.#beacon();
    this.#drop();
    this.#set({ phase: "left" });
  }

  #beacon() {
    if (!this.inside) return;
    const body = new Blob([JSON.stringify({ token: this.token, page: this.page })], { type: "text/plain" });
    navigator.sendBeacon(`${this.base}/leave`, body);
  }

  #drop() {
    clearTimeout(this.joinTimer);
    clearTimeout(this.eventsTimer);
    this.line?.close();
    this.line = null;
    for (const source of Object.keys(this.tracks)) {
      this.tracks[source]?.stop();
      this.tracks[source] = null;
    }
    this.events?.close();
  }

  /* The page goes on without us. */
  close() {
    this.#beacon();
    this.closed = true;
    clearInterval(this.timer);
    for (const [target, name, listener] of this.listeners) target.removeEventListener(name, listener);
    this.#drop();
  }
}
