"""axe-core's WCAG A and AA rules on a page, and the page's own outline."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_SHOWN_NODES = 4


def violations(page: Page) -> list[str]:
    """What breaks WCAG A or AA on the page as it stands, one line per element."""
    page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": _RULES}, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {node['html'][:160]} ({' '.join((node.get('failureSummary') or '').split())[:200]})"
        for rule in found["violations"]
        for node in rule["nodes"][:_SHOWN_NODES]
    ]


def outline(page: Page) -> dict[str, Any]:
    """The title, the description, how many first headings, and what sticks out sideways."""
    found: dict[str, Any] = page.evaluate(_OUTLINE)
    return found


_OUTLINE = """() => ({
  title: document.title,
  description: document.querySelector('meta[name="description"]')?.content ?? '',
  headings: [...document.querySelectorAll('h1')].filter((one) => one.checkVisibility()).length,
  sideways: document.documentElement.scrollWidth > innerWidth
    ? [...document.querySelectorAll('body *')]
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map((one) => `${one.tagName}.${one.className}`)
    : [],
})"""
