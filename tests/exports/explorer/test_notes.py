"""Notes in the reader: each stands beside its mark on a wide screen and below the line on others, without scripts."""

from typing import Any

import pytest

pytestmark = pytest.mark.slow

READER = "/nl/doc/ob/ah-tk-20252026-2406"
SHOWN = """mark => {
  const note = getComputedStyle(mark, "::after"), text = document.getElementById("text");
  const inner = text.clientWidth - parseFloat(getComputedStyle(text).paddingRight);
  const whole = parseFloat(note.width) + parseFloat(note.paddingLeft) + parseFloat(note.borderLeftWidth);
  return [note.float, note.content, Math.abs(whole - inner) < 2 || Math.abs(parseFloat(note.width) - inner) < 2];
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize(("width", "side"), [(1600, "right"), (1250, "left"), (390, "left")])
def test_a_note_stands_beside_its_mark_or_below_it(
    browser: Any, site: str, width: int, side: str, scripts: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(site + READER)
    marks = page.locator("#text [data-note]")
    assert marks.count() == 3
    placed, content, across = marks.first.evaluate(SHOWN)
    assert (placed, across) == (side, side == "left")
    assert "2026-nuclear-planning-group-statement" in content
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_the_text_and_its_print_are_without_the_notes_beside_it(browser: Any, site: str) -> None:
    context = browser.new_context(viewport={"width": 1600, "height": 900})
    page = context.new_page()
    page.goto(site + READER)
    mark = page.locator("#text [data-note]").first
    assert mark.inner_text() == "¹"
    page.emulate_media(media="print")
    assert mark.evaluate(SHOWN)[1] == "none"
    context.close()
