"""Checks answers of the sandbox against the provider's published schemas (tests/data/stripe, MIT)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

_FILE = Path(__file__).parent / "data" / "stripe" / "openapi-objects.json"


def _from_openapi(node: Any) -> Any:
    """OpenAPI 3.0 to JSON schema: `nullable` becomes a type, and names outside a schema are refused."""
    if isinstance(node, list):
        return [_from_openapi(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {name: _from_openapi(value) for name, value in node.items() if name != "nullable"}
    if isinstance(node.get("properties"), dict) and node.get("type") == "object":
        made.setdefault("additionalProperties", False)
    return {"anyOf": [made, {"type": "null"}]} if node.get("nullable") is True else made


@cache
def _document() -> dict[str, Any]:
    return {"components": _from_openapi(json.loads(_FILE.read_text(encoding="utf-8"))["components"])}


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(_document() | {"$ref": f"#/components/schemas/{name}"})


def faults_of(name: str, thing: dict[str, Any]) -> list[str]:
    """What is wrong with `thing` as a `name` of the provider; empty when nothing is."""
    found = sorted(_validator(name).iter_errors(thing), key=lambda error: list(map(str, error.path)))
    return [f"{'.'.join(map(str, error.path))}: {error.message[:300]}" for error in found]
