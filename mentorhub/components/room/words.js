/* What the room says about devices, presence and the line; sentences for people. */

function browserName() {
  const agent = navigator.userAgent;
  if (/firefox/i.test(agent)) return "firefox";
  return /safari/i.test(agent) && !/chrome|chromium|android/i.test(agent) ? "safari" : "chrome";
}

const ALLOW = {
  chrome: (device) => `Press the sign left of the address, allow the ${device}, then try again.`,
  firefox: (device) => `Press the crossed-out ${device} beside the address, remove the block, then try again.`,
  safari: (device) => `In the menu Safari, open Settings for this website, set ${device} to Allow, then try again.`,
};

/* A heading and a hint for a device that does not work. */
export function deviceProblem(kind, problem) {
  const device = kind === "camera" ? "camera" : "microphone";
  const without = kind === "camera" ? "You can go in with sound only." : "You can go in and listen.";
  const told = {
    denied: [`The ${device} is blocked`, ALLOW[browserName()](device)],
    missing: [`No ${device} found`, without],
    busy: [`The ${device} does not start`, `Another program may be using it: close that, then try again. ${without}`],
    insecure: ["This address is not secure", "Camera and microphone work only on an address with https."],
    unsupported: ["This browser has no video calls", "A current Chrome, Edge, Firefox or Safari has them."],
  };
  return told[problem] ?? told.busy;
}

const LINE = {
  good: ["good", "Connection good"],
  fair: ["warn", "Connection a little slow"],
  poor: ["bad", "Connection poor"],
};

/* The state of the connection: a tone (good, warn, bad) and words. */
export function lineWords(state, other, shortName) {
  if (state.phase === "joining") return ["warn", "Connecting"];
  if (state.phase === "reconnecting") return ["warn", "Reconnecting"];
  if (other.presence === "reconnecting") return ["warn", `${shortName}’s line dropped`];
  if (other.presence !== "here") return ["good", "Connected"];
  return LINE[state.quality] ?? ["good", "Connected"];
}

export function presenceWords(presence, shortName) {
  return { here: shortName, reconnecting: `${shortName}, back soon`, left: `${shortName} left` }[presence] ?? `${shortName} is not here yet`;
}

/* "3 of 6 are here", ourselves among them. */
export function countWords(others, isIn, expected) {
  const here = others.filter((other) => other.presence === "here").length + (isIn ? 1 : 0);
  const most = Math.max(expected, here);
  if (!here) return `Nobody of ${most} is here yet`;
  return `${here} of ${most} ${here === 1 ? "is" : "are"} here`;
}

export function clockWords(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}
