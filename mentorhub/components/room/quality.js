/* How the line is, in three words, from two looks at its statistics. */

const POOR = { loss: 0.08, roundTrip: 0.4, frames: 8 };
const GOOD = { loss: 0.02, roundTrip: 0.15 };

/* What one look says: packets and freezes so far, frames a second now, round trip in seconds. */
export function read(reports) {
  const found = { received: 0, lost: 0, frozen: 0, frames: null, roundTrip: 0, bytes: 0, answers: 0, audio: 0, decoded: 0 };
  reports.forEach((report) => {
    if (report.type === "inbound-rtp") {
      found.received += report.packetsReceived ?? 0;
      found.lost += Math.max(0, report.packetsLost ?? 0);
      found.frozen += report.freezeCount ?? 0;
      found.audio += report.totalAudioEnergy ?? 0;
      if (report.kind === "video") {
        found.decoded += report.framesDecoded ?? 0;
        if (report.framesPerSecond !== undefined) found.frames = Math.max(found.frames ?? 0, report.framesPerSecond);
      }
    } else if (report.type === "candidate-pair" && report.nominated) {
      found.roundTrip = report.currentRoundTripTime ?? 0;
      found.bytes += report.bytesReceived ?? 0;
      found.answers += report.responsesReceived ?? 0;
    }
  });
  return found;
}

/* "good", "fair" or "poor" between two looks; `watching` says whether a picture should be moving. */
export function judge(before, now, watching) {
  const received = now.received - before.received;
  const lost = Math.max(0, now.lost - before.lost);
  const loss = received + lost > 0 ? lost / (received + lost) : 0;
  const slow = watching && now.frames !== null && now.frames < POOR.frames;
  if (loss > POOR.loss || now.roundTrip > POOR.roundTrip || slow) return "poor";
  const frozen = now.frozen > before.frozen;
  return loss < GOOD.loss && now.roundTrip < GOOD.roundTrip && !frozen ? "good" : "fair";
}
