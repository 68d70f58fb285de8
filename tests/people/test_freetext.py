"""The guard on free text: what looks like a client's details, and what does not."""

import pytest

from people import freetext

PHONE, ACCOUNT, HOUSE = "a phone number", "a bank account number", "a postcode with a house number"
BSN, CASE, MAIL, BORN = "a citizen service number", "a case number", "a mail address", "a date of birth"
HITS = {
    PHONE: [
        "Bel terug op 06-12345678", "+31 6 1234 5678 graag", "Bel 030 234 01 16", "06.12.34.56.78", "06/12345678",
        "+31 (0)6 12345678", "+31(0)612345678", "06\u00a012345678", "06–12345678", "0031612345678", "(030) 2340116",
        "0612 345 678", "06 - 12 34 56 78", "tel.0612345678", "06‑1234‑5678", "06\u200b12345678", "０６12345678",
        "020-1234567", "0318 123456", "morgen 19.30 bellen: 0612345678", "06 12345678, dan 19.00", "+31-6-12345678",
    ],
    ACCOUNT: [
        "NL91 ABNA 0417 1643 00", "NL91ABNA0417164300", "nl91abna0417164300", "NL91.ABNA.0417.1643.00",
        "BE68 5390 0754 7034", "DE89370400440532013000",
    ],
    HOUSE: [
        "3511 AB 12", "Stationsplein 12, 3511AB", "3511AB12", "3511AB 12a", "3511ab12", "3511 AB, nr. 12",
        "3511 AB huisnummer 12", "12 bis, 3511 AB", "3511AB-12",
    ],
    BSN: ["123456782", "111.222.333", "111 222 333", "BSN 123456782.", "1234.56.782", "111222333", "123-456-782"],
    CASE: [
        "Zaaknummer: 20261234", "parketnr. 16/123456", "zaak 2026/12345", "13/123456-24", "13-123456-24",
        "13.123456.24", "PL0900-2024123456", "PL0900 2024123456", "pl0900-2024-123456", "PL1700-2024123456-1",
        "dossier 12345", "PV nr 2024123456", "C/13/123456", "aangifte 2024/998", "ECLI:NL:RBAMS:2024:1234",
        "16 / 123456 - 24",
    ],
    MAIL: ["jan@example.org", "mail naar j.de-vries@gmail.com", "jan (at) example.org", "JAN@EXAMPLE.ORG"],
    BORN: [
        "geb. 1-2-1980", "geboren op 1 februari 1980", "geboortedatum: 01/02/80", "geb 1980-02-01", "Geb. 01.02.1980",
        "geb.datum 1-2-80", "born on 1 March 1990",
    ],
}  # fmt: skip
MISSES = [
    "Neem een koptelefoon mee. Start 17.00 uur, kamer 212.", "Wijk 3511 AB, in duo", "Opkomst 24-11-2026 om 19.30",
    "123456789 is geen BSN", "Zaak is gesloten", "", "19:00-21:30", "van 19.00-21.30 uur", "T18", "Module T18 en C06",
    "€ 12,50 reiskosten", "Bel 0900-0101", "0900 0101 of 112", "bij spoed 112, 113 of 0800-0113", "113",
    "In 2026 en 2027", "Training van 2025-2026", "08.30-12.30 en 13.00-17.00", "24-11-2026 19.30-21.30",
    "01-02-2026 19 uur", "Van 01-02-2026 tot 08-02-2026", "Zaal 3 op de 2e verdieping, 15 mensen", "1.000.000 euro",
    "Dossier 2026 is af", "zaak van 2026", "kamer 12.34", "8 x 45 minuten", "Week 48, dag 2", "Bus 12 of 28, halte 3",
    "Neem de lijn @ kantoor", "Code 4711", "10-12-14 uur", "Start om 9.00, 10.00 en 11.00", "3511 AB om 19.00 uur",
    "Originele VOG gezien door Carla Smit op 3-2-2026", "Geboren trainer, sinds 2019", "08.00 09.00 10.00 11.00",
    "Kanaal 1, 2, 3, 4, 5, 6, 7, 8, 9", "90% van 1200", "Lokaal B1.23", "Ziek gemeld", "2026-11-24 om 9:00",
]  # fmt: skip


@pytest.mark.parametrize(("what", "text"), [(what, text) for what, texts in HITS.items() for text in texts])
def test_the_guard_sees(what, text, settings):
    settings.LANGUAGE_CODE = "en"
    assert freetext.traces(text) == [what]


@pytest.mark.parametrize("text", MISSES)
def test_the_guard_lets_through(text):
    assert freetext.traces(text) == []


def test_there_are_samples_enough():
    assert (sum(map(len, HITS.values())) >= 50, len(MISSES) >= 30) == (True, True)
