/* One connection to the media server: the same lines every time, and a single offer and answer.
   A group's room has more lines, on which a page only receives. */

const SOURCES = ["microphone", "camera", "screen"];
const KIND = { microphone: "audio", camera: "video", screen: "video" };
const MOST_BITS = { microphone: 48_000, camera: 1_200_000, screen: 1_500_000 };
const MOST_BITS_IN_A_GROUP = { ...MOST_BITS, camera: 500_000 };
const MOST_CAMERAS = 6;
const CONNECT_MS = 10_000;

/* Only what the server passes on: a short offer, and nothing to choose wrongly. */
function onlyOurs(transceiver, kind) {
  const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  const kept = codecs.filter((codec) => /\/(vp8|rtx|opus)$/i.test(codec.mimeType));
  if (kept.length && transceiver.setCodecPreferences) transceiver.setCodecPreferences(kept);
}

export class Line {
  /* `tracks` by source; `places` is how many people the room holds; `onState` hears every change of the connection. */
  constructor(tracks, places, onState) {
    const bits = places > 2 ? MOST_BITS_IN_A_GROUP : MOST_BITS;
    this.peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    this.transceivers = {};
    for (const source of SOURCES) {
      const transceiver = this.peer.addTransceiver(tracks[source] ?? KIND[source], {
        direction: "sendrecv",
        sendEncodings: [{ maxBitrate: bits[source] }],
      });
      if (KIND[source] === "video") onlyOurs(transceiver, "video");
      this.transceivers[source] = transceiver;
    }
    this.#receive("audio", places - 2);
    this.#receive("video", Math.min(places - 1, MOST_CAMERAS) - 1);
    this.peer.onconnectionstatechange = () => onState(this.peer.connectionState);
  }

  #receive(kind, lines) {
    for (let line = 0; line < lines; line += 1) onlyOurs(this.peer.addTransceiver(kind, { direction: "recvonly" }), kind);
  }

  async offer() {
    await this.peer.setLocalDescription();
    return this.peer.localDescription.sdp;
  }

  /* Resolves once encrypted packets can flow; throws when that takes too long. */
  async accept(sdp) {
    await this.peer.setRemoteDescription({ type: "answer", sdp });
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => done(reject, new Error("no connection in time")), CONNECT_MS);
      const look = () => {
        if (this.peer.connectionState === "connected") done(resolve);
        if (["failed", "closed"].includes(this.peer.connectionState)) done(reject, new Error("connection failed"));
      };
      const done = (settle, value) => {
        clearTimeout(timer);
        this.peer.removeEventListener("connectionstatechange", look);
        settle(value);
      };
      this.peer.addEventListener("connectionstatechange", look);
      look();
    });
  }

  /* The other's track of a source: always there, silent or black while nothing is sent. */
  remote(source) {
    return this.transceivers[source].receiver.track;
  }

  /* The track on a line by its name; which person's it is, the room says. */
  trackOn(mid) {
    return this.#on(mid)?.receiver.track ?? null;
  }

  #on(mid) {
    return this.peer.getTransceivers().find((transceiver) => transceiver.mid === mid);
  }

  async send(source, track) {
    await this.transceivers[source].sender.replaceTrack(track);
  }

  /* How loud it is right now on the other's line, or on a line by its name; 0 to 1. */
  remoteLevel(mid) {
    const transceiver = mid === undefined ? this.transceivers.microphone : this.#on(mid);
    const [heard] = transceiver?.receiver.getSynchronizationSources?.() ?? [];
    return heard?.audioLevel ?? 0;
  }

  stats() {
    return this.peer.getStats();
  }

  close() {
    this.peer.onconnectionstatechange = null;
    this.peer.close();
  }
}
