import { useEffect } from "react";

const LOOK_EVERY = 15_000;

/* Tells once when the server's clock reaches `turnsAt`: the local date, or the clock itself, has become another.
   What the browser takes the time to be does not matter, only how long it goes on; it looks again after a sleep. */
export function DayTurn({ turnsAt, serverNow, onTurn }) {
  useEffect(() => {
    const ahead = Date.parse(turnsAt) - Date.parse(serverNow);
    if (Number.isNaN(ahead)) return undefined;
    const due = Date.now() + ahead + 300;
    let timer;
    const look = () => {
      const left = due - Date.now();
      if (left <= 0) onTurn();
      else timer = setTimeout(look, Math.min(left, LOOK_EVERY));
    };
    look();
    return () => clearTimeout(timer);
  }, [turnsAt, serverNow]);
  return null;
}
