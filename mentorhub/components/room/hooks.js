import { useCallback, useEffect, useRef, useState } from "react";

import { list, meter, open, openBoth } from "./devices.js";
import { RoomClient } from "./room_client.js";

const NOTHING = { track: null, problem: null };

/* The client of one stay in the room, and its state; a new `stay` begins a new one.
   A token that changes during a stay is kept for the next: refreshing the page's data ends no call. */
export function useRoom(base, token, places, stay) {
  const client = useRef(null);
  const newest = useRef(token);
  const [state, setState] = useState(null);
  newest.current = token;
  useEffect(() => {
    if (!newest.current) return undefined;
    const made = new RoomClient({ base, token: newest.current, places, onChange: setState });
    client.current = made;
    setState(made.state);
    return () => {
      client.current = null;
      made.close();
    };
  }, [base, Boolean(token), stay]);
  return [client, state];
}

/* Camera and microphone of this page: what is open, what is wrong, what there is to choose from. */
export function useDevices(stay) {
  const [devices, setDevices] = useState({ camera: NOTHING, microphone: NOTHING, asked: false });
  const [choices, setChoices] = useState({ cameras: [], microphones: [] });
  const held = useRef(devices);
  const put = useCallback((change) => {
    held.current = { ...held.current, ...change };
    setDevices(held.current);
  }, []);

  useEffect(() => {
    let gone = false;
    const relist = () => list().then((found) => gone || setChoices(found));
    openBoth().then((opened) => {
      if (gone) [opened.camera, opened.microphone].forEach(({ track }) => track?.stop());
      else put({ ...opened, asked: true });
      relist();
    });
    navigator.mediaDevices?.addEventListener?.("devicechange", relist);
    return () => {
      gone = true;
      navigator.mediaDevices?.removeEventListener?.("devicechange", relist);
      ["camera", "microphone"].forEach((kind) => held.current[kind].track?.stop());
      put({ camera: NOTHING, microphone: NOTHING, asked: false });
    };
  }, [stay, put]);

  const start = useCallback(
    async (kind, deviceId) => {
      const opened = await open(kind, deviceId);
      const old = held.current[kind].track;
      if (opened.track && old && old !== opened.track) old.stop();
      if (opened.track || !old) put({ [kind]: opened });
      setChoices(await list());
      return opened.track;
    },
    [put],
  );

  const stop = useCallback(
    (kind) => {
      held.current[kind].track?.stop();
      put({ [kind]: NOTHING });
    },
    [put],
  );

  return { ...devices, choices, start, stop };
}

/* How loud a track is, 0 to 10. */
export function useLevel(track) {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    setLevel(0);
    return track ? meter(track, setLevel) : undefined;
  }, [track]);
  return level;
}

/* Seconds since 1970 by the server's clock, once a second; corrected by whatever the room says. */
export function useServerClock(serverNow, heard) {
  const [began] = useState(() => performance.now());
  const [page, setPage] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setPage(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const from = heard ?? { server: Date.parse(serverNow), page: began };
  return (from.server + Math.max(0, page - from.page)) / 1000;
}

/* Plays tracks in a video element; says when the browser wants a touch first. */
export function usePlayer(tracks) {
  const element = useRef(null);
  const [silenced, setSilenced] = useState(false);
  const play = useCallback(() => {
    element.current?.play().then(
      () => setSilenced(false),
      (error) => error.name === "NotAllowedError" && setSilenced(true),
    );
  }, []);
  useEffect(() => {
    const present = tracks.filter(Boolean);
    if (!element.current) return;
    element.current.srcObject = present.length ? new MediaStream(present) : null;
    if (present.length) play();
  }, [play, ...tracks]);
  return { element, silenced, play };
}
