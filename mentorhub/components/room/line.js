/* One connection to the media server: the same three lines every time, and a single offer and answer. */

const SOURCES = ["microphone", "camera", "screen"];
const KIND = { microphone: "audio", camera: "video", screen: "video" };
const MOST_BITS = { microphone: 48_000, camera: 1_200_000, screen: 1_500_000 };
const CONNECT_MS = 10_000;

function onlyVp8(transceiver) {
  const codecs = RTCRtpReceiver.getCapabilities("video")?.codecs ?? [];
  const kept = codecs.filter((codec) => /\/(vp8|rtx)$/i.test(codec.mimeType));
  if (kept.length && transceiver.setCodecPreferences) transceiver.setCodecPreferences(kept);
}

export class Line {
  /* `tracks` by source; `onState` hears every change of the connection. */
  constructor(tracks, onState) {
    this.peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    this.transceivers = {};
    for (const source of SOURCES) {
      const transceiver = this.peer.addTransceiver(tracks[source] ?? KIND[source], {
        direction: "sendrecv",
        sendEncodings: [{ maxBitrate: MOST_BITS[source] }],
      });
      if (KIND[source] === "video") onlyVp8(transceiver);
      this.transceivers[source] = transceiver;
    }
    this.peer.onconnectionstatechange = () => onState(this.peer.connectionState);
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

  async send(source, track) {
    await this.transceivers[source].sender.replaceTrack(track);
  }

  /* How loud the other is right now, 0 to 1. */
  remoteLevel() {
    const [heard] = this.transceivers.microphone.receiver.getSynchronizationSources?.() ?? [];
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
