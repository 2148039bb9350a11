"""The room: device check, two tiles, controls, and the script that keeps the line up."""
