"""What is seen of the graph as an address: it says the same when it is read again, and passes over what it does not know."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.explorer.addresses import SPACES, short
from exports.explorer.state import DEEDS, LONGEST, STEPS, State, Step, read, whole
from ontology.terms import BASE

_local = st.text(
    st.characters(min_codepoint=33, exclude_characters='<>"{}|\\^`', exclude_categories=["C", "Z"]),
    min_size=1,
    max_size=20,
)
_things = st.builds(
    lambda space, local: space + local,
    st.sampled_from([BASE, "http://example.org/", *(space for _, space in SPACES)]),
    _local,
)
_words = st.from_regex(r"[a-z][A-Za-z-]{0,12}", fullmatch=True)
_days = st.sampled_from(["", "2023", "2023-04", "2023-04-05"])
_steps = st.sampled_from(sorted(DEEDS)).flatmap(
    lambda deed: st.builds(Step, st.just(deed), st.tuples(*[_things] * DEEDS[deed]))
)
_unique = st.lists(_words, unique=True, max_size=4).map(tuple)
_states = st.builds(
    State, st.lists(_steps, max_size=8).map(tuple), _unique, _unique, _days, _days,
    st.text(max_size=40).map(lambda text: text.replace("\r\n", "\n").strip()), st.one_of(st.just(""), _words),
    st.lists(st.tuples(_words, st.text(max_size=20)), max_size=3).map(tuple),
)  # fmt: skip
_chosen = st.one_of(
    _states,
    st.builds(State.looking_at, _states, _things),
    st.builds(lambda state, *tie: state.looking_at(tie=tie), _states, _things, _words, _things),
)


@given(_chosen)
def test_an_address_tells_the_state_that_it_was_made_from(state: State) -> None:
    assert read(parse_qsl(state.address(), keep_blank_values=True)) == (state, False)


@given(_things)
def test_a_thing_is_found_again_by_its_short_name(iri: str) -> None:
    assert whole(short(iri)) == iri


@given(_states, _steps)
def test_undo_takes_back_one_step(state: State, step: Step) -> None:
    further = state.then(step.deed, *step.things)
    assert read([*further.pairs(), ("undo", "1")]) == (state, False)


@given(
    st.lists(
        st.tuples(
            st.one_of(st.text(max_size=8), st.sampled_from([*DEEDS, "tie", "node", "off", "on", "since", "set"])),
            st.text(max_size=60),
        )
    )
)
def test_no_address_is_too_strange(pairs: list[tuple[str, str]]) -> None:
    state, _ = read(pairs)
    assert read(parse_qsl(state.address(), keep_blank_values=True))[0] == state


@pytest.mark.parametrize(
    "pairs",
    [
        [("open", "ftp://example.org/x")],
        [("open", "file:///etc/passwd")],
        [("open", "treaty/npt extra")],
        [("path", "treaty/npt")],
        [("open", "http://" + "x" * 3_000)],
        [("since", "20233"), ("until", "2023-1")],
        [("tie", "treaty/npt <b> treaty/ctbt")],
    ],
)
def test_what_is_no_step_is_passed_over(pairs: list[tuple[str, str]]) -> None:
    assert read(pairs)[0] == State()


def test_what_has_no_room_is_left_out_and_said() -> None:
    state, cut = read([("open", f"treaty/t{number}") for number in range(STEPS + 5)])
    assert (len(state.steps), cut) == (STEPS, True)
    assert read([("query", "x" * 10_000)])[1]
    assert not read([("open", "treaty/npt")])[1]
    assert len(State(tuple(Step("open", (f"http://example.org/{'x' * 100}",)) for _ in range(50))).address()) > LONGEST


def test_a_kind_that_was_left_out_comes_back() -> None:
    assert read([("off", "person"), ("off", "url"), ("without", "cites"), ("on", "person"), ("on", "cites")])[
        0
    ] == State(off=("url",))


def test_the_last_choice_counts() -> None:
    npt, ctbt = whole("treaty/npt"), whole("treaty/ctbt")
    assert read([("node", "treaty/npt"), ("tie", "treaty/npt cites treaty/ctbt")])[0].tie == (npt, "cites", ctbt)
    assert read([("tie", "treaty/npt cites treaty/ctbt"), ("node", "treaty/npt")])[0] == State(node=npt)
    assert read([("tie", "treaty/npt cites treaty/ctbt"), ("node", "")])[0] == State()
