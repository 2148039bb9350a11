import { playTone } from "./devices.js";
import { useLevel, usePlayer } from "./hooks.js";
import { Icon } from "./icons.jsx";
import { clockWords, countWords, deviceProblem, presenceWords } from "./words.js";

const BARS = [40, 46, 52, 58, 64, 70, 76, 82, 88, 94];

function Row({ icon, warn, title, hint, children }) {
  return (
    <li className="checkrow">
      <span className={warn ? "checkmark checkmark-warn" : "checkmark"}>
        <Icon name={icon} />
      </span>
      <div>
        <b className="strong">{title}</b>
        <p className="note muted">{hint}</p>
      </div>
      <div>{children}</div>
    </li>
  );
}

function Level({ level }) {
  return (
    <span className="level" role="img" aria-label={`Level ${level} of 10`} data-testid="level" data-level={level}>
      {BARS.map((height, bar) => (
        <i key={height} className={bar < level ? "on" : ""} style={{ height: `${height}%` }} />
      ))}
    </span>
  );
}

/* Which camera and which microphone; nothing to choose means nothing to show. */
export function Pickers({ devices, onPick }) {
  const rows = [
    ["camera", "Camera", devices.choices.cameras],
    ["microphone", "Microphone", devices.choices.microphones],
  ];
  return (
    <div className="room-pickers">
      {rows
        .filter(([, , choices]) => choices.length > 0)
        .map(([kind, label, choices]) => (
          <label key={kind} className="field">
            <span className="label">{label}</span>
            <select
              className="select"
              value={devices[kind].track?.getSettings().deviceId ?? ""}
              onChange={(event) => onPick(kind, event.target.value)}
            >
              {!devices[kind].track && <option value="">None</option>}
              {choices.map(({ id, label: name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ))}
    </div>
  );
}

function CameraRow({ devices, off, onRetry }) {
  const { track, problem } = devices.camera;
  if (!devices.asked) return <Row icon="video" warn title="Waiting for your camera" hint="The browser asks you first." />;
  if (problem) {
    const [title, hint] = deviceProblem("camera", problem);
    return (
      <Row icon="video-off" warn title={title} hint={hint}>
        <button className="button button-quiet" type="button" onClick={() => onRetry("camera")}>
          Try again<span className="hidden-text"> with the camera</span>
        </button>
      </Row>
    );
  }
  if (off || !track) return <Row icon="video-off" title="Video is off" hint="You can start it at any time." />;
  const { width, height } = track.getSettings();
  return <Row icon="video" title="Camera works" hint={width ? `${track.label}, ${width} × ${height}` : track.label} />;
}

function MicrophoneRow({ devices, muted, onRetry }) {
  const { track, problem } = devices.microphone;
  const level = useLevel(muted ? null : track);
  if (!devices.asked) return <Row icon="microphone" warn title="Waiting for your microphone" hint="The browser asks you first." />;
  if (problem) {
    const [title, hint] = deviceProblem("microphone", problem);
    return (
      <Row icon="muted" warn title={title} hint={hint}>
        <button className="button button-quiet" type="button" onClick={() => onRetry("microphone")}>
          Try again<span className="hidden-text"> with the microphone</span>
        </button>
      </Row>
    );
  }
  if (muted) return <Row icon="muted" title="You are muted" hint="Nobody hears you until you unmute." />;
  return (
    <Row icon="microphone" title={level > 2 ? "We hear you" : "Microphone works"} hint="Say a few words, the bars should move">
      <Level level={level} />
    </Row>
  );
}

function startWords(clock, startsAt) {
  const seconds = Date.parse(startsAt) / 1000 - clock;
  if (Number.isNaN(seconds) || seconds <= 0) return "has started";
  return seconds > 90 ? `starts in ${Math.round(seconds / 60)} min` : `starts in ${clockWords(seconds)}`;
}

/* Before going in: picture, level, pickers, who is there, and one button. */
export function DeviceCheck({ title, otherName, shortName, isGroup, expected, state, startsAt, clock, reached, other, devices, muted, on }) {
  const camera = devices.camera.track;
  const preview = usePlayer([camera]);
  const isHere = other.presence === "here";
  return (
    <div className="room-check" data-testid="device-check">
      <div className="greeting">
        <h1>Check before you go in</h1>
        <p>
          {title} · {startWords(clock, startsAt)}
        </p>
      </div>
      <div className="pair pair-even">
        <div className="stack">
          <div className="room-preview">
            <div className="tile">
              <video ref={preview.element} className="room-video room-mirrored" data-testid="preview-video" autoPlay playsInline muted hidden={!camera} />
              {!camera && <p className="room-no-picture">No picture of you</p>}
              {camera && <span className="tile-name">This is how {shortName} {isGroup ? "see" : "sees"} you</span>}
            </div>
          </div>
          <div className="row">
            <button className="button" type="button" onClick={on.mute} disabled={!devices.microphone.track}>
              <Icon name={muted ? "muted" : "microphone"} />
              {muted ? "Unmute" : "Mute"}
            </button>
            <button className="button" type="button" onClick={on.camera} disabled={!camera && devices.camera.problem === "missing"}>
              <Icon name={camera ? "video" : "video-off"} />
              {camera ? "Stop video" : "Start video"}
            </button>
          </div>
          <Pickers devices={devices} onPick={on.pick} />
        </div>
        <div className="stack">
          <ul>
            <CameraRow devices={devices} off={!camera} onRetry={on.retry} />
            <MicrophoneRow devices={devices} muted={muted} onRetry={on.retry} />
            <Row icon="sound" title="Sound" hint="You should hear a short tone">
              <button className="button button-quiet" type="button" onClick={playTone}>
                Play a tone
              </button>
            </Row>
            <Row
              icon="line"
              warn={!reached}
              title={reached ? "The room answers" : "The room does not answer yet"}
              hint={reached ? "Your line to it is open" : "We keep trying; check your network if this stays"}
            />
          </ul>
          <ul className="presence" aria-label="Who is in the room">
            <li className={isHere ? "here" : ""} data-testid="other-presence" data-presence={other.presence ?? "outside"}>
              <i />
              {isGroup ? countWords(state.others, false, expected) : isHere ? `${shortName} is in the room` : presenceWords(other.presence, shortName)}
            </li>
            <li>
              <i />
              You are not in yet
            </li>
          </ul>
          <div className="row">
            <button className="button button-primary button-large" type="button" onClick={() => on.join()} data-testid="join">
              Join
            </button>
            {camera && (
              <button className="button button-large button-quiet" type="button" onClick={() => on.join({ video: false })}>
                Join without video
              </button>
            )}
          </div>
          <p className="note muted">Only {isGroup ? "the people of this session" : `you and ${otherName}`} can open this room. It closes 15 minutes after the end.</p>
        </div>
      </div>
    </div>
  );
}
