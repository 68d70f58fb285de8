"""Does a page in a test fail on what it should not do?"""

import pytest

from tests.plugins.browser import Watch


class Request:
    def __init__(self, url):
        self.url = url


class Message:
    type, location = "error", {}

    def __init__(self, text):
        self.text = text


@pytest.mark.parametrize(
    ("url", "complaints"),
    [
        ("http://localhost:1/x", []),
        ("data:image/png;base64,", []),
        ("https://elsewhere.example/x.js", ["request to another host: https://elsewhere.example/x.js"]),
    ],
)
def test_a_request_to_another_host_is_a_complaint(url, complaints):
    watch = Watch("localhost:1")
    watch.saw_request(Request(url))
    assert watch.complaints == complaints


def test_a_breach_of_the_policy_is_a_complaint():
    watch = Watch("localhost:1")
    watch.saw_console(Message("Refused to apply inline style"))
    assert watch.complaints == ["console: Refused to apply inline style ()"]
