"""HTML and Markdown: main text, links, notes, meta tags; nothing lost in deep nesting or odd encodings."""

import time
from contextlib import suppress

import pytest

from graph import paper
from graph.read import ReadError, read_bytes


def read(markup: str | bytes, name: str = "page.html"):
    return read_bytes(name, markup if isinstance(markup, bytes) else markup.encode())


def test_navigation_scripts_and_styles_stay_out_and_are_counted() -> None:
    document = read(
        "<title>T</title><body><nav>Menu</nav><header>Kop van de site</header><p>Zie  <b>Kamerstuk</b>\n33279-40.</p><script>var x</script><style>p{}</style><footer>voet</footer>"
    )
    assert document.text == "Zie Kamerstuk 33279-40.\n"
    assert int(document.metadata["left_out"]) > 10


ELEMENTS = (
    "a abbr acronym address annotation applet article aside audio b basefont bdi bdo big blink blockquote body button canvas "
    "caption center cite code colgroup data datalist dd del desc details dfn dialog dir div dl dt em fieldset figcaption "
    "figure font footer foreignObject form frameset g h1 h2 h3 h4 h5 h6 head header hgroup html i iframe ins kbd label legend "
    "li main map mark marquee math menu metadata meter mi mn mo mrow ms mtext nav nobr noembed noframes noscript object ol "
    "optgroup option output p picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select slot "
    "small span strike strong style sub summary sup svg table tbody td template text textarea textpath tfoot th thead time "
    "title tr tspan tt u ul var video xmp x-own"
).split()
NOT_READ = frozenset(
    "annotation aside datalist desc footer head header metadata nav script style template title".split()
)
"""Elements left out on purpose; all others hold text that a browser shows, at least as a fallback."""
AROUND = {
    "annotation": "<math>{}</math>", "desc": "<svg>{}</svg>", "g": "<svg>{}</svg>", "metadata": "<svg>{}</svg>",
    "text": "<svg>{}</svg>", "tspan": "<svg><text>{}</text></svg>", "td": "<table><tr>{}</tr></table>",
    "th": "<table><tr>{}</tr></table>", "caption": "<table>{}</table>", "option": "<select>{}</select>",
    "legend": "<fieldset>{}</fieldset>", "mtext": "<math>{}</math>", "summary": "<details>{}</details>",
    "figcaption": "<figure>{}</figure>", "rt": "<ruby>a{}</ruby>", "title": "<svg>{}</svg>",
}  # fmt: skip
"""Parents in which the standard allows an element."""


@pytest.mark.parametrize("main", [False, True])
@pytest.mark.parametrize("usual", [False, True])
@pytest.mark.parametrize("tag", ELEMENTS)
def test_text_in_any_element_is_read_or_counted(tag: str, usual: bool, main: bool) -> None:
    """No text is gone in silence, whatever element it stands in, and however odd the place of that element is."""
    words = "Kamerstuk 33279-53"
    element = AROUND.get(tag, "{}").format(f"<{tag}>{words}</{tag}>") if usual else f"<{tag}>{words}</{tag}>"
    before, after = ("<main><p>voor</p>", "<p>achter</p></main>") if main else ("<p>voor</p>", "<p>achter</p>")
    document = read(f"<body>{before}{element}{after}")
    counted = sum(int(document.metadata.get(each, "0")) for each in ("left_out", "not_shown"))
    assert document.text.count(words) == 1 or counted == len(words.replace(" ", ""))
    if tag not in NOT_READ:
        assert words in document.text


def test_controls_stand_apart_from_the_words_around_them() -> None:
    markup = (
        '<p>een<button>twee</button><button>drie</button>vier<input value="vijf"><input type="hidden" value="niet">'
        '<select><optgroup label="zes"><option>zeven<option>acht</select><object>negen</object>tien</p>'
    )
    assert read(markup).text.split() == "een twee drie vier vijf zes zeven acht negen tien".split()


def test_markup_in_a_fallback_is_read_as_markup() -> None:
    assert read("<p>een</p><iframe><p>Zie <b>Kamerstuk</b> 33279-40</p></iframe>").text.split() == [
        "een", "Zie", "Kamerstuk", "33279-40",
    ]  # fmt: skip


@pytest.mark.parametrize("dropped", ["<nav>x</nav>", "<p hidden>x</p>", "<script>x</script>", "<style>x</style>"])
def test_a_single_character_that_is_left_out_is_counted(dropped: str) -> None:
    told = read(f"<p>een</p><p>twee</p><p>drie</p>{dropped}").metadata
    assert told.get("left_out", told.get("not_shown")) == "1"


@pytest.mark.parametrize("main", ["<main>{}</main>", '<div id="broodtekst">{}</div>', "<article>{}</article>"])
def test_the_main_part_is_read_alone(main: str) -> None:
    assert (
        read("<body><div>Zoeken</div>" + main.format("<h1>Kop</h1><p>tekst</p>") + "<div>Delen</div>").text
        == "Kop\n\ntekst\n"
    )


def test_two_articles_are_both_read() -> None:
    assert read("<article>een</article><article>twee</article>").text == "een\n\ntwee\n"


def test_tables_lists_and_line_ends_keep_their_shape() -> None:
    markup = "<ul><li>een</li><li>twee</li></ul><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table><p>x<br>y</p>"
    assert read(markup).text == "een\ntwee\n\na\tb\nc\td\n\nx\ny\n"


def test_places_are_paths_to_elements() -> None:
    document = read("<main><p>een</p><p>twee</p></main>")
    assert document.place(document.text.index("twee")).endswith("main/p[2]")


def test_links_keep_their_targets() -> None:
    document = read(
        '<p>Zie <a href="https://www.tweedekamer.nl/kamerstukken/detail?id=2023Z06024">de vragen</a>, <a href="/home">hier</a>, <a href="javascript:alert(1)">daar</a> en <a href="https://a.nl/b c">x</a>'
    )
    assert [(document[each.span], each.kind, each.id) for each in document.given] == [
        ("de vragen", "zaak", "2023Z06024"), ("x", "url", "https://a.nl/bc"),
    ]  # fmt: skip


def test_notes_are_joined_by_their_links() -> None:
    document = read(
        '<p>Eerder<a href="#noot1"><sup>1</sup></a> gemeld.</p><p>Slot.</p><div id="noot1"><p><sup>1</sup> Kamerstuk 33279-40</p></div>'
    )
    (note,) = document.notes
    assert (note.number, document[note.mark], document[note.span]) == (1, "¹", "¹ Kamerstuk 33279-40")


def test_raised_digits_do_not_run_into_numbers() -> None:
    assert "nr. 1² en" in read("<p>nr. 1<sup>2</sup> en</p>").text


def test_meta_tags_tell_number_date_title_and_chamber(tmp_path) -> None:
    path = tmp_path / "x.html"
    path.write_text(
        '<meta name="dcterms.identifier" content="h-tk-20132014-57-4"><meta name="dcterms.issued" content="2014-02-20"><meta name="dcterms.title" content="Een titel"><meta name="dcterms.creator" content="Eerste Kamer der Staten-Generaal"><p>tekst'
    )
    profile = paper(path).profile
    assert (profile.id, str(profile.date), profile.title, profile.chamber) == (
        "h-tk-20132014-57-4",
        "2014-02-20",
        "Een titel",
        "ek",
    )


def test_the_papers_that_a_landing_page_lists_are_references() -> None:
    document = read(
        '<title>Technische informatie over de publicatie h-tk-1</title><meta property="OVERHEIDop.behandeldDossier" content="33638;10"><main><table><tr><td>Behandeld dossier</td><td>33638;10</td></tr></table></main>'
    )
    assert document.format == "landing"
    assert [(document[each.span], each.id) for each in document.given] == [("33638;10", "kst-33638-10")]


def test_of_a_landing_page_only_what_it_says_of_the_paper_is_read() -> None:
    document = read(
        "<title>Technische informatie over de publicatie Gevangeniswezen</title><main><h1>Gevangeniswezen</h1><p>Verschenen op 8 mei 2014.</p>"
        "<h2>Bestandsformaten</h2><p>Beschikbaar als:</p><ul><li><p><a href='/h-tk-1.pdf'>PDF</a></p></li></ul><p>De metadata is ook los te krijgen:</p>"
        "<table><thead><tr><th>Gegeven</th></tr></thead><tbody><tr><td>Behandeld dossier</td><td>33638;10</td></tr></tbody></table></main>"
    )
    assert document.text == "Gevangeniswezen\n\nVerschenen op 8 mei 2014.\n\nBehandeld dossier\t33638;10\n"


@pytest.mark.parametrize(("data", "word"), [
    ("<p>Yeşilgöz</p>".encode(), "Yeşilgöz"),
    ('<meta charset="windows-1252"><p>coördinatie € 5</p>'.encode("cp1252"), "coördinatie € 5"),
    ('<meta charset="iso-8859-1"><p>coördinatie</p>'.encode(), "coördinatie"),
    ("<p>coördinatie</p>".encode("utf-16"), "coördinatie"),
    ("<p>coördinatie van het beleid</p>".encode("utf-16-le"), "coördinatie"),
])  # fmt: skip
def test_encodings_are_told_apart(data: bytes, word: str) -> None:
    assert word in read(data).text


@pytest.mark.parametrize("depth", [300, 5_000, 100_000])
def test_no_text_is_lost_in_deep_nesting(depth: int) -> None:
    start = time.process_time()
    document = read("<div>" * depth + "Kamerstuk 33279-40" + "</div>" * depth + "<p>slot</p>")
    assert document.text.split() == ["Kamerstuk", "33279-40", "slot"]
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "markup",
    [
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">tekst",
        "<!--" * 200_000 + "-->tekst",
        "<p" * 300_000 + ">tekst",
        "<b>" * 100_000 + "tekst",
    ],
)
def test_costly_markup_ends_soon(markup: str) -> None:
    start = time.process_time()
    with suppress(ReadError):
        assert "tekst" in read(markup).text
    assert time.process_time() - start < 5


def test_a_page_without_text_says_so() -> None:
    with pytest.raises(ReadError, match="no text"):
        read("<body><script>x</script></body>")


def test_markdown_tells_title_and_date_and_keeps_its_text() -> None:
    document = read("---\ntitle: Een brief\ndate: 2026-03-02\n---\n# Kop\n\nZie [brief](https://a.nl/b).\n", "a.md")
    assert document.metadata["title"] == "Een brief"
    assert document.metadata["date"] == "2026-03-02"
    assert document.text.startswith("---")


def test_words_of_a_button_do_not_run_into_those_beside_it() -> None:
    assert read("<p>Zie<button>Kamerstuk 33279-53</button>en meer.</p>").text == "Zie Kamerstuk 33279-53 en meer.\n"
