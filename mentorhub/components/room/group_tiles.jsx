import { useEffect, useRef, useState } from "react";

import { usePlayer } from "./hooks.js";
import { Icon } from "./icons.jsx";
import { OwnTile, useSpeaking } from "./stage.jsx";
import { countWords } from "./words.js";

const INSIDE = ["here", "reconnecting"];

function initials(name) {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words[words.length - 1] : ""].map((word) => [...word][0] ?? "").join("");
}

/* Why there is no moving picture on a tile, or nothing when there is one. */
function stillWords(other, shortName, isSeen) {
  if (other.presence === "reconnecting") return `${shortName}’s line dropped`;
  if (!other.camera) return "Video off";
  return isSeen ? "" : "Seen when speaking";
}

function PersonTile({ client, other }) {
  const { camera, microphone } = client.current?.receivedFrom(other.user) ?? {};
  const isPicture = other.presence === "here" && other.camera && Boolean(camera);
  const player = usePlayer([isPicture ? camera.track : null, microphone?.track]);
  const speaking = useSpeaking(client, microphone?.mid ?? "");
  const shortName = other.name.split(" ")[0];
  const still = stillWords(other, shortName, isPicture);
  return (
    <li className={speaking ? "tile tile-speaking" : "tile"} data-testid="group-tile" data-user={other.user} data-presence={other.presence}>
      <video ref={player.element} className="room-video" autoPlay playsInline hidden={!isPicture} aria-label={`${other.name} on camera`} />
      {!isPicture && (
        <div className="room-no-picture room-still">
          <b aria-hidden="true">{initials(other.name)}</b>
          <span>{still}</span>
        </div>
      )}
      {player.silenced && (
        <button className="button room-hear" type="button" onClick={player.play}>
          <Icon name="sound" />
          Turn on the sound<span className="hidden-text"> of {other.name}</span>
        </button>
      )}
      <span className="tile-name">
        <Icon name={other.microphone ? "microphone" : "muted"} small />
        <span className="room-name">{other.name}</span>
        {other.role === "mentor" && <span className="room-role">Mentor</span>}
        {!other.microphone && <span className="hidden-text">, muted</span>}
      </span>
    </li>
  );
}

function SharedScreen({ client, other }) {
  const { screen } = client.current?.receivedFrom(other.user) ?? {};
  const player = usePlayer([screen?.track]);
  return (
    <li className="tile room-wide" data-testid="group-screen">
      <video ref={player.element} className="room-video room-shared" autoPlay playsInline muted aria-label={`Screen of ${other.name}`} />
      <span className="tile-name">
        <Icon name="screen" small />
        <span className="room-name">Screen of {other.name}</span>
      </span>
    </li>
  );
}

/* The last one who came or went, said once to those who cannot see the tiles change. */
function useComings(others) {
  const before = useRef(null);
  const [said, setSaid] = useState("");
  const inside = others.filter((other) => INSIDE.includes(other.presence));
  const key = inside.map((other) => other.user).join(" ");
  useEffect(() => {
    const known = before.current;
    before.current = new Map(inside.map((other) => [other.user, other.name]));
    if (!known) return;
    const came = inside.filter((other) => !known.has(other.user)).map((other) => `${other.name} is here`);
    const went = [...known].filter(([user]) => !before.current.has(user)).map(([, name]) => `${name} left`);
    if (came.length || went.length) setSaid([...came, ...went].join(", "));
  }, [key]);
  return said;
}

/* What stands over the tiles while there is nobody else, or our own line is away. */
function groupMessage(state, inside, expected) {
  if (state.phase === "joining") return ["Connecting", "This takes a moment."];
  if (state.phase === "reconnecting") {
    return ["Your line dropped", "We bring you back as soon as the network answers. Attendance counts both parts."];
  }
  if (inside.length) return null;
  return ["Waiting for the others", `${countWords(state.others, true, expected)}. You can stay; they show as they come.`];
}

/* Everybody's tile, the mentor's first and one's own last; a shared screen takes the width. */
export function GroupTiles({ client, state, expected, devices, muted }) {
  const inside = state.others.filter((other) => INSIDE.includes(other.presence));
  const ordered = [...inside.filter((other) => other.role === "mentor"), ...inside.filter((other) => other.role !== "mentor")];
  const shown = state.slots.find((slot) => slot.source === "screen");
  const sharer = inside.find((other) => other.screen && other.user === shown?.user);
  const said = groupMessage(state, inside, expected);
  const comings = useComings(state.others);
  const tiles = ordered.length + 1 + (said ? 1 : 0);
  return (
    <div className="room-crowd" data-many={tiles > 4 || undefined} role="region" aria-label="People in the room" tabIndex={0}>
      <p className="hidden-text" role="status">
        {comings}
      </p>
      <ul className="room-grid" style={{ "--columns": Math.ceil(Math.sqrt(tiles)) }}>
        {sharer && <SharedScreen {...{ client }} other={sharer} />}
        {said && (
          <li className="tile">
            <div className="tile-message">
              <h2>{said[0]}</h2>
              <p>{said[1]}</p>
            </div>
          </li>
        )}
        {ordered.map((other) => (
          <PersonTile key={other.user} {...{ client, other }} />
        ))}
        <li className="room-own">
          <OwnTile camera={devices.camera.track} muted={muted || !devices.microphone.track} />
        </li>
      </ul>
    </div>
  );
}
