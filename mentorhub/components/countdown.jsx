import { useEffect, useRef, useState } from "react";

const ANNOUNCED = 120;
const RIM = 69.1;

function words(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

function spoken(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const parts = [];
  if (minutes) parts.push(minutes === 1 ? "1 minute" : `${minutes} minutes`);
  if (rest || !minutes) parts.push(rest === 1 ? "1 second" : `${rest} seconds`);
  return parts.join(" ");
}

/* Counts from the server's clock: what the browser's own clock says never matters, only how long it ran. */
export function Countdown({ endsAt, serverNow, totalSeconds, label, endedLabel, ring, onEnd }) {
  const end = Date.parse(endsAt);
  const start = Date.parse(serverNow);
  const first = Number.isNaN(end - start) ? 0 : Math.max(0, Math.round((end - start) / 1000));
  const [left, setLeft] = useState(first);
  const [said, setSaid] = useState("");
  const ended = useRef(false);

  useEffect(() => {
    if (Number.isNaN(end - start)) return undefined;
    const began = performance.now();
    let last = first;
    ended.current = false;
    setLeft(first);
    if (first > 0) setSaid(`${label}, ${spoken(first)} left`);
    const tick = () => {
      const passed = (performance.now() - began) / 1000;
      const now = Math.max(0, Math.round((end - start) / 1000 - passed));
      if (now <= ANNOUNCED && last > ANNOUNCED) setSaid(`${label}, 2 minutes left`);
      last = now;
      setLeft(now);
      if (now === 0 && !ended.current) {
        ended.current = true;
        clearInterval(timer);
        setSaid(endedLabel);
        if (onEnd) onEnd();
      }
    };
    const timer = setInterval(tick, 1000);
    if (first === 0) tick();
    return () => clearInterval(timer);
  }, [endsAt, serverNow]);

  const share = totalSeconds ? Math.min(1, left / totalSeconds) : 0;
  return (
    <span className={left <= ANNOUNCED ? "countdown countdown-soon" : "countdown"}>
      {ring && (
        <svg viewBox="0 0 28 28" aria-hidden="true">
          <circle className="rim" cx="14" cy="14" r="11" />
          <circle className="left" cx="14" cy="14" r="11" style={{ strokeDashoffset: RIM * (1 - share) }} />
        </svg>
      )}
      <b role="timer" aria-label={label}>
        {words(left)}
      </b>
      <span className="hidden-text" role="status">
        {said}
      </span>
    </span>
  );
}
