"""Scripts that lie beside their component: how the bundler is told of them."""

import reflex as rx
from reflex_base.environment import EnvironmentVariables


def script(name: str) -> str:
    """The module path of the script `name` beside the calling module, for a component's `library`.

    When the pages are built already nothing is bundled, and linking the file would only slow the start.
    """
    if EnvironmentVariables.REFLEX_SKIP_COMPILE.get():
        return name
    return f"$/public{rx.asset(name, shared=True, _stack_level=2)}"
