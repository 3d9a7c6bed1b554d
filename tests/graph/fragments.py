"""Texts made of the pieces that papers are made of, in orders that no paper has: for tests of what always holds."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = [
    "Kamerstuk 33279-40", "Kamerstukken II 2022/23, 33 279, nrs. 12 en 13", "nrs. 12 t/m 15", "21 501-02, nr. 1740",
    "2023Z06024", "kenmerk 2023Z05957/2023D14598", "AH 2406", "Aanhangsel Handelingen, vergaderjaar 2024–2025, nr. 203",
    "brief d.d. 2 maart jl.", "18 juni", "31 april", "29 februari 2023", "minister Berendsen (Buitenlandse Zaken)",
    "De minister van Defensie,", "drs. K.H. Ollongren", "de leden Van den Hil (VVD) en Bikker (ChristenUnie)",
    "Het Kamerlid Futselaar", "motie-Van Nispen c.s.", "Non-Proliferatie Verdrag", "NPV", "het verdrag", "New START",
    "artikel 12, tweede lid, van de Wet open overheid", "ECLI:NL:RVS:2013:210", "Verordening (EU) 2016/679", "COM (2023) 12",
    "Trb. 1968, 126", "blg-123456", "<https://www.nato.int/en/a_b(c)?d=e#f>", "www.defensie.nl/a-\nb", "http://", "x.nl/",
    "\nVraag 1\n", "\nVragen 2 en 3\n", "\nAntwoord\n", "\nAntwoord op vraag 2\n", "zie het antwoord op vraag 1",
    "[footnoteRef:2]", "[2:  Kamerstuk 2023Z06024]", "[2: ", "¹", "\n¹ Zie de brief.\n", "\n2 Zie nos.nl/a.\n", "punt.2\n",
    "\nGeachte voorzitter,\n", "\nTweede Kamer, vergaderjaar 2024–2025, Aanhangsel 1\n", "ISSN 0921 - 7371",
    "\n1. Wat vindt u?\n\nJa.\n\n", "\n2. Waarom?\n\nDaarom.\n\n", "Den Haag, 15 januari 2025", "(ontvangen 29 juni 2026)",
    "\u00ad", "\u200b", "\u0301", "\u00a0", "\u2028", "é", "ﬁ", "𝕶", "😀", "\ud800", "\x00", "\x7f", "\t", "\n", "\n\n", " ", "-",
    "–", "(", ")", "[", "]", ".", ",", "1", "³⁴", "²", "٣", "Ⅷ", "ẞ", "İ", "א",
]  # fmt: skip
"""Pieces of papers, and characters that break careless code."""

texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=25).map("".join)
"""Texts of such pieces and of any characters at all, lone surrogates among them."""
