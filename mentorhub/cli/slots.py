"""`mentorhub slots`: the slot function from the command line, for operators and for checks from outside."""

import json
import re
import sys
from typing import IO, Annotated, Any

import typer

from mentorhub.domain.common.errors import DomainError
from mentorhub.domain.scheduling.rules import compute_slots, explain, format_slots, parse_request

# A number this long is out of every bound or as good as endless; Python refuses to read longer ones.
_LONGEST_NUMBER = 4_000
# Far deeper than any question goes, and shallow enough for the reader of JSON.
_DEEPEST = 200
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def slots(
    explain: Annotated[bool, typer.Option("--explain", help="Also tell which times are not offered, and why.")] = False,
) -> None:
    """Read one question for start times, or a list of them, as JSON and print the answers as JSON."""
    raise typer.Exit(main(sys.stdin.buffer, sys.stdout, explained=explain))


def main(stdin: IO[bytes] | IO[str], stdout: IO[str], *, explained: bool = False) -> int:
    """Answer what `stdin` asks on `stdout`; the exit status is 1 only when `stdin` held no JSON."""
    try:
        questions = _read(stdin.read())
    except ValueError as problem:
        sys.stderr.write(f"mentorhub slots: the input is not JSON: {problem}\n")
        return 1
    if isinstance(questions, list):
        answers: Any = [_answer(question, explained) for question in questions]
    else:
        answers = _answer(questions, explained)
    stdout.write(json.dumps(answers) + "\n")
    return 0


def _answer(question: Any, explained: bool) -> Any:
    try:
        request = parse_request(question)
    except DomainError as refusal:
        return {"error": True, "message": str(refusal)}
    starts = format_slots(compute_slots(request))
    if not explained:
        return starts
    refused = explain(request)
    times = format_slots(refusal.start for refusal in refused)
    return {
        "slots": starts,
        "not_offered": [{"start": time, "rule": refusal.rule} for time, refusal in zip(times, refused, strict=True)],
    }


def _read(raw: bytes | str) -> Any:
    """Read JSON of any depth and with numbers of any length; ValueError when it is none."""
    text = raw if isinstance(raw, str) else raw.decode(json.detect_encoding(raw))
    try:
        return _load(text)
    except RecursionError:
        return _load(_flattened(text))


def _load(text: str) -> Any:
    return json.loads(text, parse_int=_whole_number)


def _whole_number(digits: str) -> int:
    return int(digits[:_LONGEST_NUMBER])


def _flattened(text: str) -> str:
    """The same JSON with what lies deeper than any question goes checked and replaced by `null`."""
    pieces: list[list[str]] = [[]]
    depth = done = 0
    for token in _STRING_OR_BRACKET.finditer(text):
        mark = token.group()
        if mark in "[{":
            depth += 1
            if depth % _DEEPEST == 0:
                pieces[-1].append(text[done : token.start()])
                pieces.append([])
                done = token.start()
        elif mark in "]}":
            depth -= 1
            if depth % _DEEPEST == _DEEPEST - 1 and len(pieces) > 1:
                inner = "".join([*pieces.pop(), text[done : token.end()]])
                _load(inner)
                pieces[-1].append("null")
                done = token.end()
    return "".join(pieces[0]) + text[done:]
