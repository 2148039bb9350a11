"""`mentorhub slots`: questions on stdin, answers on stdout, nothing else."""

import io
import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorhub.cli.slots import main
from tests.domain.scheduling.asking import question, starts


def ask(text: str | bytes, *, explained: bool = False) -> Any:
    stdin = io.BytesIO(text) if isinstance(text, bytes) else io.StringIO(text)
    stdout = io.StringIO()

    assert main(stdin, stdout, explained=explained) == 0
    return json.loads(stdout.getvalue())


def is_error(answer: Any) -> bool:
    return answer["error"] is True and set(answer) == {"error", "message"} and answer["message"].endswith(".")


def test_one_question_gives_the_list_of_its_starts() -> None:
    assert ask(json.dumps(question())) == starts()


def test_a_list_of_questions_gives_a_list_of_answers_in_the_same_order() -> None:
    answers = ask(json.dumps([question(), question(session_minutes=0), question(max_per_day=0)]))

    assert answers[0] == starts()
    assert is_error(answers[1])
    assert answers[2:] == [[]]


def test_no_questions_have_no_answers() -> None:
    assert ask("[]") == []


@pytest.mark.parametrize("text", ["null", "true", "7", '"x"', "{}", "1e999", '"\\ud800"'])
def test_json_that_is_no_question_is_answered_with_an_error(text: str) -> None:
    assert is_error(ask(text))


def test_the_message_names_the_field_that_is_wrong() -> None:
    assert ask(json.dumps(question(session_minutes=0))) == {
        "error": True,
        "message": "session_minutes: this is a whole number of at least 1.",
    }


def test_an_explained_answer_holds_the_starts_and_the_reasons() -> None:
    answer = ask(
        json.dumps(question(range_start="2026-06-01T10:00:00Z", range_end="2026-06-01T11:30:00Z")),
        explained=True,
    )

    assert answer == {
        "slots": ["2026-06-01T10:00:00Z"],
        "not_offered": [
            {"start": "2026-06-01T10:30:00Z", "rule": "does_not_fit"},
            {"start": "2026-06-01T11:00:00Z", "rule": "outside_hours"},
        ],
    }


def test_an_explained_error_is_the_same_error() -> None:
    assert is_error(ask(json.dumps([{}]), explained=True)[0])


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "{", "[1,]", "nope", "{'a': 1}", "[" * 5000, "[" * 5000 + "]" * 5001,
        "[" * 5000 + "1 1" + "]" * 5000, "[" * 5000 + "}" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_json_is_the_only_reason_for_another_exit_status(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stdout = io.StringIO()

    assert main(io.StringIO(text), stdout) == 1
    assert stdout.getvalue() == ""
    assert "not JSON" in capsys.readouterr().err


def test_numbers_of_any_length_are_read() -> None:
    text = json.dumps(question(horizon_days="LONG")).replace('"LONG"', "9" * 20_000)

    assert ask(text) == starts()
    assert is_error(ask(text.replace("9" * 20_000, "-" + "9" * 20_000)))


def test_json_of_any_depth_is_read_and_what_nobody_asked_for_is_ignored() -> None:
    deep = "[" * 100_000 + '"]\\""' + "]" * 100_000
    text = json.dumps([question(note="DEEP"), question(busy="DEEP")]).replace('"DEEP"', deep)
    answers = ask(text)

    assert answers[0] == starts()
    assert is_error(answers[1])


def test_a_number_that_json_does_not_know_is_no_number() -> None:
    assert is_error(ask(json.dumps(question(session_minutes=float("nan")))))


def test_of_a_name_given_twice_the_last_counts() -> None:
    assert ask('{"session_minutes": 0, ' + json.dumps(question())[1:]) == starts()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-le"])
def test_bytes_are_read_in_the_encodings_of_json(encoding: str) -> None:
    assert ask(json.dumps(question()).encode(encoding)) == starts()


def test_bytes_that_are_no_text_are_no_json() -> None:
    assert main(io.BytesIO(b'"\xff\xfe\xfa"'), io.StringIO()) == 1


def test_the_command_needs_no_web_and_no_database() -> None:
    script = "import sys, mentorhub.cli.slots; print(sorted({'reflex', 'sqlalchemy', 'sqlmodel', 'starlette', 'stripe', 'redis', 'aiortc'} & set(sys.modules)))"  # noqa: E501
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert shown.stdout == "[]\n"


def run(*arguments: str, text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from mentorhub.cli import app; app()", "slots", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def test_the_command_reads_stdin_and_prints_only_json() -> None:
    shown = run("--explain", text=json.dumps([question(), 5]))
    answers = json.loads(shown.stdout)

    assert (shown.returncode, shown.stderr) == (0, "")
    assert answers[0]["slots"] == starts()
    assert is_error(answers[1])


def test_the_command_fails_in_one_line_on_what_is_no_json() -> None:
    shown = run(text="nope")

    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr.startswith("mentorhub slots: the input is not JSON")
    assert shown.stderr.count("\n") == 1


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["00:00", "24:00", "2026-06-01T00:00Z"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["weekday", "start", "end", "date", "intervals"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(field=st.sampled_from(sorted(question())), value=JSON)
def test_whatever_json_a_field_holds_the_answer_is_a_list_or_an_error(field: str, value: Any) -> None:
    answer = ask(json.dumps(question(**{field: value})))

    assert isinstance(answer, list) or is_error(answer)
