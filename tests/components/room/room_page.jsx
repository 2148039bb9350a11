import { createRoot } from "react-dom/client";

import { VideoRoom } from "room/video_room.jsx";

const query = new URLSearchParams(location.search);
const at = (seconds) => new Date(Date.now() + seconds * 1000).toISOString();
window.told = [];

createRoot(document.querySelector("#root")).render(
  <VideoRoom
    token={query.get("token")}
    joinUrl="/rtc/b1"
    title="CV review"
    otherName={query.get("other")}
    besideLabel="Notes"
    startsAt={at(-500)}
    endsAt={at(1300)}
    serverNow={at(0)}
    isGroup={query.has("places")}
    places={Number(query.get("places") ?? 2)}
    expected={Number(query.get("expected") ?? 2)}
    onStatus={(status) => told.push(status)}
    onQuality={(quality) => told.push(quality)}
    onLeft={() => told.push("on_left")}
  />,
);
