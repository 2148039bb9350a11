// Reads a calendar from stdin with ical.js and prints its events and busy periods as JSON, instants in seconds.
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(await Bun.stdin.text()));
const seconds = (time) => time.toUnixTime();
const events = calendar.getAllSubcomponents("vevent").map((one) => {
  const event = new ICAL.Event(one);
  const zones = [event.startDate, event.endDate].map((time) => time.zone.tzid);
  return {
    uid: event.uid,
    sequence: event.sequence ?? 0,
    status: one.getFirstPropertyValue("status"),
    title: event.summary,
    begins: seconds(event.startDate),
    ends: seconds(event.endDate),
    zones,
  };
});
const busy = calendar
  .getAllSubcomponents("vfreebusy")
  .flatMap((one) => one.getAllProperties("freebusy"))
  .flatMap((property) => property.getValues())
  .map((period) => [seconds(period.start), seconds(period.getEnd())]);
console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events, busy }));
