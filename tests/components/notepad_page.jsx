import { createRoot } from "react-dom/client";
import { Notepad } from "notepad/notepad.jsx";

const booking = new URLSearchParams(window.location.search).get("booking");
createRoot(document.getElementById("root")).render(<Notepad syncPath={`/notes/${booking}/sync`} title="Shared notes" />);
