/* What the notepad says of itself. */

export const ENDED = {
  4400: "Something went wrong with these notes. Reload the page to go on.",
  4401: "You are signed out. Sign in again to go on writing.",
  4403: "These notes open only on our own pages.",
  4404: "There are no notes here.",
  4423: "Locked, read only",
};

export const TOO_LONG = 4413;

export function savedWords(status, writers) {
  if (status.ended) return ENDED[status.code] || "Not connected";
  if (status.full) return "These notes are full. Your last change is not saved";
  if (!status.reached) return status.wasReached ? awayWords(status) : "Opening";
  if (!status.canWrite) return "Read only";
  if (status.unsaved) return "Saving";
  return writers > 1 ? `Saved, ${writers} writing` : "Saved";
}

function awayWords(status) {
  return status.unsaved ? "No connection. What you write is kept here" : "No connection. You can go on writing";
}

/* Said aloud only when the line goes or comes back, never for each letter. */
export function spokenWords(status) {
  if (status.ended || status.full || (!status.reached && status.wasReached)) return savedWords(status, 1);
  return status.wasAway && !status.unsaved ? "Notes connected and saved" : "";
}

export const HINT = "[ ] what @who day";
export const PLACEHOLDER = "Write here together.";
export const DATE_REFUSED = "that day has passed, so there is no date";
