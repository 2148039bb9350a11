import { useEffect, useRef, useState } from "react";

import { DeviceCheck } from "./device_check.jsx";
import { GroupTiles } from "./group_tiles.jsx";
import { openScreen } from "./devices.js";
import { useDevices, useRoom, useServerClock } from "./hooks.js";
import { Icon } from "./icons.jsx";
import { PairTiles, Stage, TimeLeft } from "./stage.jsx";
import { countWords, lineWords, presenceWords } from "./words.js";

const WORD_STATE = { good: "word-state", warn: "word-state word-state-warn", bad: "word-state word-state-bad" };
const NOBODY = { presence: "outside", camera: false, microphone: false, screen: false };

function PairPresence({ other, shortName, isIn }) {
  return (
    <ul className="presence" aria-label="Who is in the room">
      <li className={other.presence === "here" ? "here" : ""} data-testid="other-presence" data-presence={other.presence}>
        <i />
        {presenceWords(other.presence, shortName)}
      </li>
      <li className={isIn ? "here" : ""}>
        <i />
        {isIn ? "You" : "You, back soon"}
      </li>
    </ul>
  );
}

/* Of a group the number is enough: the tiles have the names. */
function GroupPresence({ state, expected }) {
  const isIn = state.phase === "in";
  return (
    <ul className="presence room-count" aria-label="Who is in the room">
      <li className="here" data-testid="group-presence">
        <i />
        {countWords(state.others, isIn, expected)}
      </li>
    </ul>
  );
}

function Bar({ title, state, other, shortName, expected, isGroup, clock, startsAt, endsAt }) {
  const [tone, words] = lineWords(state, other, shortName);
  const isIn = state.phase === "in";
  return (
    <header className="room-bar">
      <h1>{title}</h1>
      {isGroup ? <GroupPresence {...{ state, expected }} /> : <PairPresence {...{ other, shortName, isIn }} />}
      <div className="end">
        <span className={WORD_STATE[tone]} role="status" data-testid="line-state">
          <Icon name={tone === "warn" ? "again" : "line"} small />
          {words}
        </span>
        <TimeLeft {...{ clock, startsAt, endsAt, closesAt: state.clock?.closesAt }} />
      </div>
    </header>
  );
}

/* On a phone the stage and what stands beside it take turns; on a wide page both show. */
function Tabs({ beside, onBeside, label }) {
  const tab = (isBeside, icon, words) => (
    <button type="button" aria-current={beside === isBeside ? "page" : undefined} onClick={() => onBeside(isBeside)}>
      <Icon name={icon} small />
      {words}
    </button>
  );
  return (
    <nav className="room-tabs room-tabs-two" aria-label="Room">
      {tab(false, "video", "Video")}
      {tab(true, "notes", label)}
    </nav>
  );
}

/* The others of a group as far as the line goes: somebody is here, or nobody. */
function asOne(others) {
  return others.some((other) => other.presence === "here") ? { ...NOBODY, presence: "here" } : NOBODY;
}

function Ended({ state, shortName, onBack }) {
  const left = state.phase === "left";
  const canReturn = left || state.reason === "elsewhere";
  return (
    <div className="room-ended" data-testid="room-ended" data-reason={left ? "left" : state.reason}>
      <h1>{left ? "You left the room" : "You are not in the room"}</h1>
      <p>{left ? `You can go back to ${shortName} until the room closes.` : state.message}</p>
      {canReturn && (
        <button className="button button-primary button-large" type="button" onClick={onBack}>
          {left ? "Go back in" : "Use this window instead"}
        </button>
      )}
    </div>
  );
}

/* Tells the product what changed, and only when it changed. */
function useTold(value, tell) {
  const last = useRef(undefined);
  useEffect(() => {
    if (value !== undefined && value !== "" && value !== last.current) {
      last.current = value;
      tell?.(value);
    }
  }, [value]);
}

function statusOf(state) {
  if (!state) return undefined;
  if (state.phase === "refused") return state.reason === "elsewhere" ? "elsewhere" : "refused";
  return { watching: "checking" }[state.phase] ?? state.phase;
}

export function VideoRoom(props) {
  const { token, joinUrl, title, besideLabel, startsAt, endsAt, serverNow, isGroup, places, expected, children } = props;
  const [stay, setStay] = useState(0);
  const [muted, setMuted] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [beside, setBeside] = useState(false);
  const [client, state] = useRoom(joinUrl, token, places, stay);
  const devices = useDevices(stay);
  const clock = useServerClock(serverNow, state?.clock ?? undefined);
  useTold(statusOf(state), props.onStatus);
  useTold(state?.quality, props.onQuality);

  const other = isGroup ? asOne(state?.others ?? []) : (state?.others[0] ?? NOBODY);
  const otherName = isGroup ? "the others" : props.otherName;
  const shortName = isGroup ? otherName : otherName.split(" ")[0];
  const inside = ["joining", "in", "reconnecting"].includes(state?.phase);

  async function setTrack(kind, track) {
    if (kind === "microphone" && track) track.enabled = !muted;
    if (inside) await client.current?.publish(kind, track);
  }

  const on = {
    mute: async () => {
      let track = devices.microphone.track;
      const wish = track ? !muted : false;
      if (!track) track = await devices.start("microphone");
      if (!track) return;
      setMuted(wish);
      track.enabled = !wish;
      if (client.current?.tracks.microphone !== track) await setTrack("microphone", track);
      track.enabled = !wish;
      client.current?.mute(wish);
    },
    camera: async () => {
      if (devices.camera.track) {
        await setTrack("camera", null);
        devices.stop("camera");
      } else {
        await setTrack("camera", await devices.start("camera"));
      }
    },
    pick: async (kind, deviceId) => {
      const track = await devices.start(kind, deviceId);
      if (track) await setTrack(kind, track);
    },
    retry: (kind) => devices.start(kind),
    share: async () => {
      const track = sharing ? null : await openScreen();
      if (!sharing && !track) return;
      if (track) {
        track.onended = () => {
          client.current?.publish("screen", null);
          setSharing(false);
        };
      }
      await client.current?.publish("screen", track);
      setSharing(Boolean(track));
    },
    join: async ({ video = true } = {}) => {
      if (!video) devices.stop("camera");
      const microphone = devices.microphone.track;
      if (microphone) microphone.enabled = !muted;
      await client.current?.join({ microphone, camera: video ? devices.camera.track : null });
    },
    leave: () => {
      setSharing(false);
      client.current?.leave();
      props.onLeft?.();
    },
    back: () => setStay(stay + 1),
  };

  if (!state) return <div className="room-root" data-testid="video-room" data-phase="loading" />;
  const shared = { client, state, other, otherName, shortName, isGroup, expected, clock, devices, muted, sharing, on };
  const tiles = isGroup ? <GroupTiles {...shared} /> : <PairTiles {...shared} />;
  const looks = ["room", !children && "room-alone"].filter(Boolean).join(" ");
  return (
    <div className={beside ? "room-root on-notes" : "room-root"} data-testid="video-room" data-phase={state.phase}>
      {state.phase === "watching" && <DeviceCheck {...shared} {...{ title, startsAt, reached: state.reached }} />}
      {["left", "refused"].includes(state.phase) && <Ended {...{ state, shortName }} onBack={on.back} />}
      {inside && (
        <>
          <Bar {...{ title, state, other, shortName, expected, isGroup, clock, startsAt, endsAt }} />
          {children && <Tabs beside={beside} onBeside={setBeside} label={besideLabel} />}
          <div className={looks}>
            <Stage {...{ tiles, devices, muted, sharing, on }} />
            {children}
          </div>
        </>
      )}
    </div>
  );
}
