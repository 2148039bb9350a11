"""Drawn portraits: the same person always has the same face, and no two people share one."""

from __future__ import annotations

from xml.etree import ElementTree

from mentorhub.cli.portraits import portrait_svg


def test_the_same_person_always_has_the_same_face() -> None:
    assert portrait_svg("kabir@demo.example") == portrait_svg("kabir@demo.example")


def test_a_hundred_people_have_a_hundred_faces_of_at_most_three_kilobytes() -> None:
    faces = {portrait_svg(f"person {number}", kind=kind) for number in range(50) for kind in ("woman", "man")}

    assert len(faces) == 100
    assert max(len(face.encode()) for face in faces) <= 3072


def test_a_portrait_is_a_whole_drawing_that_fetches_nothing() -> None:
    drawing = ElementTree.fromstring(portrait_svg("Łukasz & <Inês>"))

    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert {element.tag.split("}")[1] for element in drawing.iter()} <= {
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
    }


def test_the_kind_of_a_name_changes_hair_and_beard() -> None:
    beard = "M40 54c0 17 8 29 20 29"

    assert not any(beard in portrait_svg(f"person {number}", kind="woman") for number in range(60))
    assert any(beard in portrait_svg(f"person {number}", kind="man") for number in range(60))
