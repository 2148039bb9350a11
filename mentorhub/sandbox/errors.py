"""The provider's errors, in the shape its SDKs read."""

from typing import Any, Literal

Kind = Literal["api_error", "card_error", "idempotency_error", "invalid_request_error"]


class ApiError(Exception):
    """An answer that is not a success: an HTTP status and the provider's error body."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: Kind = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.code = code
        self.param = param

    def body(self) -> dict[str, Any]:
        """The JSON body, without the fields that say nothing."""
        told = {"type": self.kind, "message": self.message, "code": self.code, "param": self.param}
        return {"error": {name: value for name, value in told.items() if value is not None}}


def missing(kind: str, object_id: str, param: str) -> ApiError:
    """The object does not exist (404, `resource_missing`)."""
    words = kind.replace("checkout.session", "checkout session").replace("_", " ")
    return ApiError(404, f"No such {words}: '{object_id}'", code="resource_missing", param=param)


def unexpected_state(message: str, *, code: str | None = None, param: str | None = None) -> ApiError:
    """The object is not in a state that allows this (400)."""
    return ApiError(400, message, code=code, param=param)
