import { useEffect, useRef, useState } from "react";

const ICONS = {
  paper: ["M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z", "M14 2v5a1 1 0 0 0 1 1h5", "M10 9H8", "M16 13H8", "M16 17H8"],
  picture: ["M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Z", "M9 7a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z", "m21 15-3.086-3.086a2 2 0 0 0-2.828 0L6 21"],
  clip: ["m16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551"],
  wrong: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Z", "M12 8v4", "M12 16h.01"],
  cross: ["M18 6 6 18", "m6 6 12 12"],
};

function Icon({ name, small }) {
  return (
    <svg className={small ? "icon icon-s" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
      {ICONS[name].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}

/* Sends one file as the body of a post; the promise is of the sentence why it was not taken, empty when it was. */
function post(file, address, tooLarge, onShare) {
  const request = new XMLHttpRequest();
  const ended = new Promise((resolve) => {
    request.upload.onprogress = (event) => event.total && onShare(event.loaded / event.total);
    request.onload = () => {
      if (request.status === 201) return resolve("");
      let why;
      try {
        why = JSON.parse(request.responseText).message;
      } catch {
        why = request.status === 413 && tooLarge;
      }
      resolve(why || "It did not arrive. Please try again.");
    };
    request.onerror = () => resolve("The connection was lost before it arrived. Please try again.");
    request.onabort = () => resolve("It was stopped before it arrived.");
  });
  request.open("POST", address);
  request.setRequestHeader("X-File-Name", encodeURIComponent(file.name.replace(/\p{Surrogate}/gu, "")));
  request.send(file);
  return { request, ended };
}

/* Files that are chosen or dropped go to `address` one after the other; what is there is told by `files`. What the
   browser can know, size and ending, is said before anything is sent; the rest is the server's word. */
export function FileField({
  name, label, note, hint, files, room, address, largest, endings, empty, tooLarge, wrongKind, tooMany, onSent, onRemove,
}) {
  const [sending, setSending] = useState(null);
  const [wrong, setWrong] = useState([]);
  const [said, setSaid] = useState("");
  const [over, setOver] = useState(false);
  const field = useRef(null);
  const input = useRef(null);
  const busy = useRef(false);
  const current = useRef(null);
  const goes = useRef(false);

  /* A file that was sent stays in sight until the list was read anew. The button that was pressed may be gone with
     its row: the focus stays in the field. */
  useEffect(() => {
    if (current.current) return;
    if (sending) {
      setSending(null);
      return;
    }
    if (!goes.current) return;
    goes.current = false;
    const buttons = field.current.querySelectorAll("button");
    if (!field.current.contains(document.activeElement)) buttons[buttons.length - 1]?.focus();
  }, [files, room, sending === null]);
  useEffect(() => () => current.current?.abort(), []);

  const whyNot = (file) => {
    if (!file.size) return empty;
    if (file.size > largest) return tooLarge;
    const ending = /\.[^.]*$/.exec(file.name.toLowerCase());
    return ending && !endings.includes(ending[0]) ? wrongKind : "";
  };

  const take = async (chosen) => {
    if (busy.current || !chosen.length) return;
    busy.current = true;
    setWrong([]);
    const refused = [];
    let left = room;
    for (const [place, file] of chosen.entries()) {
      if (left <= 0) {
        refused.push({ name: chosen.slice(place).map((one) => one.name).join(", "), why: tooMany });
        setWrong([...refused]);
        break;
      }
      let why = whyNot(file);
      if (!why) {
        setSending({ name: file.name, share: 0 });
        setSaid(`Sending ${file.name}`);
        const { request, ended } = post(file, address, tooLarge, (share) => setSending({ name: file.name, share }));
        current.current = request;
        why = await ended;
        current.current = null;
        /* One that was stopped or cut off may have arrived all the same: what is there now says the server. */
        onSent();
        if (why) setSending(null);
      }
      if (why) {
        refused.push({ name: file.name, why });
        setWrong([...refused]);
      } else {
        left -= 1;
        goes.current = true;
        setSaid(`${file.name} is added`);
      }
    }
    busy.current = false;
  };

  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  };
  const drag = (event) => {
    event.preventDefault();
    setOver(true);
  };
  const stop = () => {
    goes.current = true;
    current.current?.abort();
  };
  const remove = (file) => {
    goes.current = true;
    setSaid(`${file.name} is removed`);
    onRemove(file.file_id);
  };

  return (
    <div ref={field} className="field" role="group" aria-labelledby={`${name}-label`} onDragOver={drag} onDrop={drop} onDragLeave={() => setOver(false)}>
      <span className="label" id={`${name}-label`}>
        {label} <span className="muted">{note}</span>
      </span>
      {(files.length > 0 || sending) && (
        <ul className="stack gap-2">
          {files.map((file) => (
            <li key={file.file_id} className="file">
              <Icon name={file.is_picture ? "picture" : "paper"} />
              <span>
                <b>{file.name}</b>
                <span className="muted note">{file.words}</span>
              </span>
              <button type="button" className="button button-icon" aria-label={`Remove ${file.name}`} onClick={() => remove(file)}>
                <Icon name="cross" />
              </button>
            </li>
          ))}
          {sending && (
            <li className="file">
              <Icon name="paper" />
              <span>
                <b>{sending.name}</b>
                <progress value={sending.share} aria-label={`Sending ${sending.name}`} />
              </span>
              <button type="button" className="button button-icon" aria-label={`Stop sending ${sending.name}`} onClick={stop}>
                <Icon name="cross" />
              </button>
            </li>
          )}
        </ul>
      )}
      <div className={over ? "drop drop-over" : "drop"}>
        <span className="small">
          <Icon name="clip" />
          {room > 0 ? <><span className="drop-here">Drop files here</span><span className="drop-touch">Room for {room}</span></> : tooMany}
        </span>
        {room > 0 && (
          <button
            type="button"
            className="button"
            aria-describedby={wrong.length ? `${name}-hint ${name}-error` : `${name}-hint`}
            aria-disabled={sending ? "true" : undefined}
            onClick={() => busy.current || input.current.click()}
          >
            Choose a file
          </button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={endings.join(",")}
          onChange={(event) => {
            take([...event.target.files]);
            event.target.value = "";
          }}
        />
      </div>
      <p className="hint" id={`${name}-hint`}>{hint}</p>
      <div aria-live="polite" id={`${name}-error`}>
        {wrong.map((one) => (
          <p key={one.name} className="error">
            <Icon name="wrong" small />
            <span>
              <b>{one.name}</b>: {one.why}
            </span>
          </p>
        ))}
      </div>
      <span className="hidden-text" role="status">
        {said}
      </span>
    </div>
  );
}
