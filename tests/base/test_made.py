"""What costs much to make is made once, and only so much of it is kept."""

import pytest

from faubourg.base.made import Made


def test_the_same_is_made_once_and_another_is_made():
    made, asked = Made(most=100), []
    for key in (b"a", b"a", b"b", b"a"):
        made.get(key, lambda key=key: asked.append(key) or key * 10)
    assert asked == [b"a", b"b"]


def test_what_was_asked_longest_ago_goes_first():
    made, asked = Made(most=20), []

    def ask(key):
        return made.get(key, lambda: asked.append(key) or key * 10)

    ask(b"a"), ask(b"b"), ask(b"a"), ask(b"c")
    assert (ask(b"a"), asked) == (b"a" * 10, [b"a", b"b", b"c"])
    ask(b"b")
    assert asked[-1] == b"b"


def test_what_is_larger_than_all_the_room_is_made_each_time():
    made, asked = Made(most=5), []
    for _ in range(2):
        assert made.get(b"a", lambda: asked.append(1) or b"123456") == b"123456"
    assert len(asked) == 2


def test_a_failure_is_not_kept():
    made = Made(most=5)
    with pytest.raises(ValueError, match="typst"):
        made.get(b"a", lambda: (_ for _ in ()).throw(ValueError("typst")))
    assert made.get(b"a", lambda: b"1") == b"1"


def test_forgotten_it_is_made_anew():
    made = Made(most=5)
    made.get(b"a", lambda: b"1")
    made.forget()
    assert made.get(b"a", lambda: b"2") == b"2"
