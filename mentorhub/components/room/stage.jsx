import { useEffect, useState } from "react";

import { Pickers } from "./device_check.jsx";
import { usePlayer } from "./hooks.js";
import { Icon } from "./icons.jsx";
import { clockWords } from "./words.js";

const SPEAKING = 0.02;

function Control({ icon, label, onPress, off, extra, leave, ...rest }) {
  const looks = ["control", off && "control-off", extra && "control-extra", leave && "control-leave"];
  return (
    <button className={looks.filter(Boolean).join(" ")} type="button" onClick={onPress} {...rest}>
      <Icon name={icon} />
      {label}
    </button>
  );
}

/* Whether a voice is heard now: the other's, or that on a line by its name. */
export function useSpeaking(client, mid) {
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setSpeaking((client.current?.remoteLevel(mid) ?? 0) > SPEAKING), 250);
    return () => clearInterval(timer);
  }, [client, mid]);
  return speaking;
}

/* What is said over the other's tile when there is no moving picture to show. */
function message({ phase }, other, shortName, clock) {
  if (phase === "joining") return ["Connecting", "This takes a moment."];
  if (phase === "reconnecting") {
    return ["Your line dropped", "We bring you back as soon as the network answers. Attendance counts both parts."];
  }
  if (other.presence === "reconnecting") {
    const ago = Math.max(0, Math.round(clock - other.since));
    return [
      `${shortName}’s line dropped ${ago === 1 ? "1 second" : `${ago} seconds`} ago`,
      `${shortName} comes back without your help, and attendance counts both parts.`,
    ];
  }
  if (other.presence === "left") return [`${shortName} left`, `The room stays open, in case ${shortName} comes back.`];
  if (other.presence !== "here") return [`Waiting for ${shortName}`, "You can stay here; the picture appears as soon as there is one."];
  return null;
}

function OtherTile({ client, state, other, otherName, shortName, clock }) {
  const { camera, microphone, screen } = client.current?.remote ?? {};
  const face = usePlayer([camera, microphone]);
  const shared = usePlayer([other.screen ? screen : null]);
  const speaking = useSpeaking(client);
  const said = message(state, other, shortName, clock);
  const isPicture = ["here", "reconnecting"].includes(other.presence) && other.camera;
  const looks = ["tile", speaking && !said && "tile-speaking", said && "tile-frozen"];
  return (
    <div className={looks.filter(Boolean).join(" ")} data-testid="remote-tile" data-presence={other.presence ?? "outside"}>
      <video
        ref={shared.element}
        className="room-video room-shared"
        data-testid="remote-screen"
        autoPlay
        playsInline
        muted
        hidden={!other.screen}
        aria-label={`Screen of ${otherName}`}
      />
      <video
        ref={face.element}
        className={other.screen ? "room-video room-beside" : "room-video"}
        data-testid="remote-video"
        autoPlay
        playsInline
        hidden={!isPicture}
        aria-label={`${otherName} on camera`}
      />
      {!said && !isPicture && !other.screen && <p className="room-no-picture">{shortName} has video off</p>}
      {said && (
        <div className="tile-message">
          <h2>{said[0]}</h2>
          <p>{said[1]}</p>
        </div>
      )}
      {face.silenced && (
        <button className="button room-hear" type="button" onClick={face.play}>
          <Icon name="sound" />
          Turn on the sound
        </button>
      )}
      {!said && (
        <span className="tile-name">
          <Icon name={other.microphone ? "microphone" : "muted"} small />
          {otherName}
          {!other.microphone && <span className="hidden-text">, muted</span>}
        </span>
      )}
    </div>
  );
}

export function OwnTile({ camera, muted }) {
  const own = usePlayer([camera]);
  return (
    <div className="tile tile-own">
      <video ref={own.element} className="room-video room-mirrored" data-testid="local-video" autoPlay playsInline muted hidden={!camera} aria-label="Your own picture" />
      {!camera && <p className="room-no-picture">Video off</p>}
      <span className="tile-name">
        {muted && <Icon name="muted" small />}
        You{muted && <span className="hidden-text">, muted</span>}
      </span>
    </div>
  );
}

/* The tiles and the controls at their foot, always in the same order. */
export function Stage({ tiles, devices, muted, sharing, on }) {
  const [settings, setSettings] = useState(false);
  const camera = devices.camera.track;
  const canShare = Boolean(navigator.mediaDevices?.getDisplayMedia);
  return (
    <div className="stage">
      {tiles}
      {settings && (
        <section className="room-settings" id="room-settings" aria-label="Camera and microphone">
          <Pickers devices={devices} onPick={on.pick} />
          {!devices.choices.cameras.length && !devices.choices.microphones.length && <p className="note">No camera and no microphone found.</p>}
        </section>
      )}
      <div className="controls" role="toolbar" aria-label="Session controls">
        <Control
          icon={muted ? "muted" : "microphone"}
          label={muted ? "Unmute" : "Mute"}
          off={muted || !devices.microphone.track}
          onPress={on.mute}
          data-testid="toggle-microphone"
        />
        <Control
          icon={camera ? "video" : "video-off"}
          label={camera ? "Stop video" : "Start video"}
          off={!camera}
          onPress={on.camera}
          data-testid="toggle-camera"
        />
        {canShare && (
          <Control icon="screen" label={sharing ? "Stop sharing" : "Share screen"} off={sharing} extra onPress={on.share} data-testid="toggle-screen" />
        )}
        <Control
          icon="settings"
          label="Settings"
          onPress={() => setSettings(!settings)}
          aria-expanded={settings}
          aria-controls={settings ? "room-settings" : undefined}
        />
        <Control icon="leave" label="Leave" leave onPress={on.leave} data-testid="leave" />
      </div>
    </div>
  );
}

/* The other's tile and one's own. */
export function PairTiles({ devices, muted, ...others }) {
  return (
    <div className="tiles">
      <OtherTile {...others} />
      <OwnTile camera={devices.camera.track} muted={muted || !devices.microphone.track} />
    </div>
  );
}

/* Before the start, during, and after the end until the doors close. */
export function TimeLeft({ clock, startsAt, endsAt, closesAt }) {
  const [start, end] = [startsAt, endsAt].map((at) => Date.parse(at) / 1000);
  if (Number.isNaN(end)) return null;
  const minutes = Math.round((end - start) / 60);
  let shown = [clockWords(end - clock), Number.isNaN(minutes) ? "left" : `left of ${minutes} min`];
  if (clock < start) shown = [clockWords(start - clock), "until the start"];
  else if (clock >= end) shown = closesAt ? [clockWords(closesAt / 1000 - clock), "until the room closes"] : ["0:00", "left"];
  return (
    <span className="timeleft" role="timer" data-testid="time-left">
      <b>{shown[0]}</b> {shown[1]}
    </span>
  );
}
