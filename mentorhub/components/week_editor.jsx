import { useEffect, useRef, useState } from "react";

const DAY = 1440;
const USUAL = 15;
const FINE = 5;
const EDGE = 9;
const TAPPED = 60;

function clock(minute, hours, isAxis) {
  const within = minute > DAY ? minute - DAY : minute;
  const hour = Math.floor(within / 60);
  const rest = String(within % 60).padStart(2, "0");
  if (hours !== 12) return `${String(hour).padStart(2, "0")}:${rest}`;
  return `${hour % 12 || 12}${isAxis ? "" : `:${rest}`} ${hour % 24 < 12 ? "am" : "pm"}`;
}

/* The week as bands that a pointer puts down, moves and stretches. It keeps nothing: each gesture ends as one
   event, and what is drawn is what came back. The list of rows under it is the way for keyboards and readers. */
export function WeekEditor({ days, first, hours, clockHours, onDraw, onRedraw, onErase }) {
  const [whole, setWhole] = useState(false);
  const [drag, setDrag] = useState(null);
  const [chosen, setDay] = useState(null);
  const columns = useRef([]);
  const day = chosen ?? days[0]?.weekday;
  const top = whole ? 0 : first;
  const shown = whole ? 24 : hours;

  useEffect(() => setDrag(null), [days]);

  const minuteAt = (event, column) => {
    const box = columns.current[column].getBoundingClientRect();
    return top * 60 + ((event.clientY - box.top) / box.height) * shown * 60;
  };
  const stepped = (minute, event) => {
    const step = event.altKey ? FINE : USUAL;
    return Math.round(minute / step) * step;
  };
  const columnAt = (event, otherwise) => {
    const found = columns.current.findIndex((one) => {
      const box = one?.getBoundingClientRect();
      return box && box.width > 0 && event.clientX >= box.left && event.clientX < box.right;
    });
    return found < 0 ? otherwise : found;
  };

  const begin = (event, weekday, band, part) => {
    if (event.button > 0) return;
    if (!band && event.pointerType === "touch") return;
    event.preventDefault();
    event.stopPropagation();
    columns.current[weekday].setPointerCapture(event.pointerId);
    const at = minuteAt(event, weekday);
    const from = Math.max(0, Math.min(DAY - USUAL, Math.floor(at / USUAL) * USUAL));
    setDrag({
      part,
      band: band && { weekday, opens: band.opens, closes: band.closes },
      grabbed: at,
      weekday,
      opens: band ? band.opens : from,
      closes: band ? band.closes : from + USUAL,
      from,
      moved: false,
    });
  };

  const move = (event) => {
    if (!drag) return;
    const at = minuteAt(event, drag.weekday);
    const now = { ...drag, moved: true };
    const most = DAY + 360;
    if (drag.part === "new") {
      const to = stepped(at, event);
      now.opens = Math.max(0, Math.min(drag.from, to));
      now.closes = Math.min(most, Math.max(drag.from + USUAL, to));
    } else if (drag.part === "top") {
      now.opens = Math.max(0, Math.min(DAY - FINE, stepped(at, event)));
    } else if (drag.part === "bottom") {
      now.closes = Math.max(0, Math.min(most, stepped(at, event)));
    } else {
      const length = drag.band.closes - drag.band.opens;
      now.opens = Math.max(0, Math.min(DAY - USUAL, stepped(drag.band.opens + at - drag.grabbed, event)));
      now.closes = now.opens + length;
      now.weekday = columnAt(event, drag.weekday);
    }
    setDrag(now);
  };

  const end = () => {
    if (!drag) return;
    const { band, weekday, opens, closes, moved } = drag;
    setDrag(moved && closes > opens ? { ...drag, left: true } : null);
    if (closes <= opens) return;
    if (!band) {
      if (moved) onDraw(weekday, opens, closes);
      else onDraw(weekday, opens, Math.min(DAY, opens + TAPPED));
    } else if (moved && (weekday !== band.weekday || opens !== band.opens || closes !== band.closes)) {
      onRedraw(band.weekday, band.opens, band.closes, weekday, opens, closes);
    } else {
      setDrag(null);
    }
  };

  /* A finger scrolls the page over empty hours; a tap opens an hour there, which is then stretched. */
  const tap = (event, weekday) => {
    if (event.nativeEvent.pointerType !== "touch" || event.target !== columns.current[weekday]) return;
    const from = Math.floor(minuteAt(event, weekday) / 30) * 30;
    onDraw(weekday, from, Math.min(DAY, from + TAPPED));
  };

  const place = (opens, closes) => ({ "--s": opens / 60, "--l": (closes - opens) / 60 });
  const isHeld = (weekday, band) =>
    drag?.band && drag.band.weekday === weekday && drag.band.opens === band.opens && drag.band.closes === band.closes;

  const drawn = (weekday) => {
    if (!drag || (!drag.moved && !drag.band)) return null;
    const pieces = [];
    const wrong = drag.closes <= drag.opens;
    if (drag.weekday === weekday) {
      pieces.push(wrong ? [drag.closes, Math.max(drag.opens, drag.closes + USUAL)] : [drag.opens, Math.min(DAY, drag.closes)]);
    }
    if (!wrong && drag.closes > DAY && (drag.weekday + 1) % 7 === weekday) pieces.push([0, drag.closes - DAY]);
    return pieces.map(([opens, closes]) => (
      <div key={opens} className={wrong ? "band band-draw band-wrong" : "band band-draw"} style={place(opens, closes)}>
        <span>
          {wrong ? "End before start" : (
            <>
              {clock(opens, clockHours)}
              <br />
              {clock(closes, clockHours)}
            </>
          )}
        </span>
      </div>
    ));
  };

  return (
    <div aria-hidden="true">
      <div className="week-days phone-only">
        {days.map((one) => (
          <span
            key={one.weekday}
            className={one.weekday === day ? "week-day week-day-on" : "week-day"}
            onClick={() => setDay(one.weekday)}
          >
            {one.short}
          </span>
        ))}
      </div>
      <div className="calendar hours-grid week-editor" style={{ "--from": top, "--hours": shown }}>
        <div />
        {days.map((one) => (
          <div key={one.weekday} className={one.weekday === day ? "calendar-day" : "calendar-day not-today"}>
            <b>{one.short}</b>
          </div>
        ))}
        <div className="calendar-hours">
          {Array.from({ length: Math.ceil(shown / 2) }, (_, place_) => top + place_ * 2).map((hour) => (
            <span key={hour} style={{ "--t": hour }}>
              {clock(hour * 60, clockHours, true)}
            </span>
          ))}
        </div>
        {days.map((one) => (
          <div
            key={one.weekday}
            data-weekday={one.weekday}
            ref={(element) => {
              columns.current[one.weekday] = element;
            }}
            className={one.weekday === day ? "calendar-col" : "calendar-col not-today"}
            onPointerDown={(event) => begin(event, one.weekday, null, "new")}
            onPointerMove={move}
            onPointerUp={end}
            onPointerCancel={() => setDrag(null)}
            onClick={(event) => tap(event, one.weekday)}
          >
            {one.bands
              .filter((band) => !isHeld(one.weekday, band))
              .map((band) => (
                <div
                  key={`${band.opens}-${band.closes}`}
                  className={band.is_new ? "band band-draw" : "band"}
                  style={place(band.opens, band.closes)}
                  onPointerDown={(event) => {
                    const box = event.currentTarget.getBoundingClientRect();
                    const edge = event.pointerType === "touch" ? 2 * EDGE : EDGE;
                    const within = Math.min(edge, box.height / 3);
                    const isTop = event.clientY - box.top < within;
                    const isBottom = box.bottom - event.clientY < within;
                    begin(event, one.weekday, band, isTop ? "top" : isBottom ? "bottom" : "all");
                  }}
                >
                  <span>
                    {clock(band.opens, clockHours)}
                    <br />
                    {clock(band.closes, clockHours)}
                  </span>
                  <i
                    className="band-off"
                    onPointerDown={(event) => event.stopPropagation()}
                    onClick={(event) => {
                      event.stopPropagation();
                      onErase(one.weekday, band.opens, band.closes);
                    }}
                  >
                    ×
                  </i>
                </div>
              ))}
            {drawn(one.weekday)}
          </div>
        ))}
      </div>
      {shown < 24 || whole ? (
        <span className="week-whole note link" onClick={() => setWhole(!whole)}>
          {whole ? "Show fewer hours" : "Show the whole day"}
        </span>
      ) : null}
    </div>
  );
}

/* Asks before a page with changes that are not saved is left. */
export function LeaveGuard({ isOn, words }) {
  useEffect(() => {
    if (!isOn) return undefined;
    const unload = (event) => event.preventDefault();
    const follow = (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link || link.target === "_blank" || link.getAttribute("href").startsWith("#")) return;
      if (!window.confirm(words)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    window.addEventListener("beforeunload", unload);
    document.addEventListener("click", follow, true);
    return () => {
      window.removeEventListener("beforeunload", unload);
      document.removeEventListener("click", follow, true);
    };
  }, [isOn, words]);
  return null;
}
