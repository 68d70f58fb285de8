"""Walk as somebody without a mouse does."""

# The outline is on the element, or on the row or label that holds it.
SHOWS_FOCUS = """element => {
  const drawn = one => {
    const style = getComputedStyle(one);
    return style.outlineStyle + style.boxShadow !== 'nonenone';
  };
  for (let one = element; one && one !== document.body; one = one.parentElement) if (drawn(one)) return true;
  return false;
}"""


def focused(page, target) -> bool:
    return target.evaluate("element => element === document.activeElement")


def reach(page, target, most=150):
    """Press Tab until `target` has the focus; fails when the keyboard cannot get there, or unseen."""
    target.wait_for(state="attached")
    for _ in range(most):
        if focused(page, target):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError(f"Tab does not reach {target}")
    assert target.evaluate(SHOWS_FOCUS), f"the focus on {target} cannot be seen"


def press(page, target, key="Enter"):
    """Reach a link or button, press it, and wait for the page that follows."""
    reach(page, target)
    with page.expect_navigation():
        page.keyboard.press(key)


def choose(page, target):
    """Reach a radio group or a checkbox and choose: arrows move inside a group of radios, space ticks a box."""
    if target.get_attribute("type") == "radio":
        group = page.locator(f"input[type=radio][name='{target.get_attribute('name')}']")
        for _ in range(150):
            if any(focused(page, group.nth(n)) for n in range(group.count())):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        for _ in range(group.count()):
            if target.is_checked():
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {target}")
    reach(page, target)
    page.keyboard.press("Space")


def type_in(page, target, text):
    reach(page, target)
    page.keyboard.type(text)
