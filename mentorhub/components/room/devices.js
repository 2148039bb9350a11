/* Cameras and microphones: opening what is there, saying why something is not, and how loud one is. */

const LEVELS = 10;
const REASONS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

function wanted(kind, deviceId) {
  const device = deviceId ? { deviceId: { exact: deviceId } } : {};
  if (kind === "camera") {
    return { video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 }, ...device } };
  }
  return { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...device } };
}

export function supported() {
  return Boolean(navigator.mediaDevices?.getUserMedia && globalThis.RTCPeerConnection);
}

/* One track of "camera" or "microphone"; the answer has either a track or the reason why there is none. */
export async function open(kind, deviceId) {
  if (!supported()) return { track: null, problem: globalThis.isSecureContext ? "unsupported" : "insecure" };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(wanted(kind, deviceId));
    return { track: stream.getTracks()[0], problem: null };
  } catch (error) {
    if (deviceId && error.name === "OverconstrainedError") return open(kind);
    return { track: null, problem: REASONS[error.name] ?? "busy" };
  }
}

/* Both at once, so that the browser asks one question; each on its own when that fails. */
export async function openBoth() {
  if (!supported()) {
    const none = await open("camera");
    return { camera: none, microphone: none };
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ ...wanted("camera"), ...wanted("microphone") });
    return {
      camera: { track: stream.getVideoTracks()[0] ?? null, problem: null },
      microphone: { track: stream.getAudioTracks()[0] ?? null, problem: null },
    };
  } catch {
    const microphone = await open("microphone");
    return { camera: await open("camera"), microphone };
  }
}

export async function openScreen() {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 10 } }, audio: false });
    const [track] = stream.getVideoTracks();
    track.contentHint = "detail";
    return track;
  } catch {
    return null;
  }
}

/* The names to choose from; empty names (before permission) are left out. */
export async function list() {
  if (!supported()) return { cameras: [], microphones: [] };
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const named = (kind) =>
    devices
      .filter((device) => device.kind === kind && device.deviceId && device.label)
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { cameras: named("videoinput"), microphones: named("audioinput") };
}

/* Calls `tell` with 0 to 10 while the track is heard; returns the function that stops it. */
export function meter(track, tell) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let last = -1;
  const timer = setInterval(() => {
    if (context.state === "suspended") context.resume().catch(() => {});
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const decibels = 10 * Math.log10(power + 1e-9);
    const level = track.enabled ? Math.max(0, Math.min(LEVELS, Math.round((decibels + 60) / 5))) : 0;
    if (level !== last) tell((last = level));
  }, 100);
  return () => {
    clearInterval(timer);
    context.close().catch(() => {});
  };
}

export function playTone() {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  volume.gain.setValueAtTime(0.15, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.8);
  tone.frequency.value = 523;
  tone.connect(volume).connect(context.destination);
  tone.onended = () => context.close();
  tone.start();
  tone.stop(context.currentTime + 0.8);
}
