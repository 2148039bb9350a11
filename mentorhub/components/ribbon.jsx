const HOUR = 3600000;
const SPAN = 16;
const DAWN = 7;
const DUSK = 19;

function offset(instant, zone) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
    hour: "numeric", minute: "numeric", second: "numeric",
  }).formatToParts(instant);
  const at = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second) - Math.floor(instant / 1000) * 1000;
}

const named = (clock, twelve) =>
  twelve ? `${clock % 12 || 12} ${clock < 12 ? "am" : "pm"}` : String(clock).padStart(2, "0");
const place = (hours) => `${(hours / SPAN) * 100}%`;

function Track({ from, shift, left, right, twelve }) {
  const first = ((((from + shift) / HOUR) % 24) + 24) % 24;
  const room = twelve ? 1.4 : 0.9;
  const bands = [];
  const marks = [];
  for (let day = -1; day <= 1; day += 1) {
    const dawn = Math.max(0, day * 24 + DAWN - first);
    const dusk = Math.min(SPAN, day * 24 + DUSK - first);
    if (dusk > dawn) bands.push([dawn, dusk]);
  }
  for (let hour = Math.ceil(first); hour - first <= SPAN; hour += 1) {
    const at = hour - first;
    const free = at > 1.2 && at < SPAN - 1.2 && (at < left - room || at > right + room);
    const clock = hour % 24;
    if (free && (twelve ? clock % 3 === 0 : clock % 2 === 1)) marks.push([at, clock]);
  }
  const nights = [];
  let start = 0;
  for (const [dawn, dusk] of bands.concat([[SPAN, SPAN]])) {
    if (dawn - start >= 1.5) nights.push(start === 0 ? 0.5 : dawn === SPAN ? SPAN - 0.5 : (start + dawn) / 2);
    start = dusk;
  }
  const hours = marks.filter(([at]) => nights.every((moon) => Math.abs(at - moon) > room));
  return (
    <div className="ribbon-track">
      {bands.map(([dawn, dusk]) => (
        <span key={dawn} className="ribbon-day" style={{ left: place(dawn), width: place(dusk - dawn) }} />
      ))}
      {hours.map(([at, clock]) => (
        <span key={at} className="ribbon-hour" style={{ left: place(at) }}>
          {named(clock, twelve)}
        </span>
      ))}
      {nights.map((at) => (
        <span key={at} className="ribbon-moon" style={{ left: place(at) }} />
      ))}
    </div>
  );
}

/* Two days over one line of moments. The words around it say the same, so it is hidden from screen readers. */
export function RibbonBody({ start, end, yourZone, theirZone, clockHours, now }) {
  const begins = Date.parse(start);
  const ends = Date.parse(end);
  if (Number.isNaN(begins) || Number.isNaN(ends) || !yourZone || !theirZone) {
    return <div className="ribbon-body" aria-hidden="true"><div className="ribbon-track" /><div className="ribbon-track" /></div>;
  }
  const yours = offset(begins, yourZone);
  const theirs = offset(begins, theirZone);
  const from = Math.floor((begins + yours - 7 * HOUR) / HOUR) * HOUR - yours;
  const left = (begins - from) / HOUR;
  const right = (ends - from) / HOUR;
  const clock = (Date.parse(now) - from) / HOUR;
  return (
    <div className="ribbon-body" aria-hidden="true" style={{ "--a": place(left), "--w": place(right - left) }}>
      <Track from={from} shift={yours} left={left} right={right} twelve={clockHours === 12} />
      <Track from={from} shift={theirs} left={left} right={right} twelve={clockHours === 12} />
      <div className="ribbon-now" />
      {clock > 0 && clock < SPAN && <div className="ribbon-clock" style={{ "--now": place(clock) }} />}
    </div>
  );
}
