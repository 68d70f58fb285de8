"""Is this password one that somebody guesses who knows the organisation? Django's own list is English.

What is left of it counts: without digits and signs, and without the words that everybody here would try.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Location

ENOUGH = 6  # letters that are left when the known words are out: another word at least
DIFFERENT = 5  # letters
LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")
KNOWN = """
welkom wachtwoord wachtwoorden password passwort paswoord geheim inloggen login account toegang admin administrator
beheer beheerder gebruiker hallo goedemorgen qwertyuiop qwerty azerty asdfghjkl asdf zxcvbnm letmein iloveyou
slachtofferhulp slachtoffer slachtoffers hulp hulpverlening hulpverlener academie paraat bekwaam bereid beschikbaar
vrijwilliger vrijwilligers coordinator trainer rooster dienst diensten steun steunpunt rechtbank politie zorg
nederland nederlands holland oranje lente voorjaar zomer herfst najaar winter
januari februari maart april juni juli augustus september oktober november december
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vandaag morgen
amsterdam rotterdam utrecht eindhoven groningen tilburg almere breda nijmegen apeldoorn arnhem haarlem enschede
amersfoort zaanstad zwolle leiden maastricht dordrecht zoetermeer deventer delft alkmaar heerlen venlo leeuwarden
hilversum roosendaal assen middelburg lelystad hengelo purmerend vlaardingen spijkenisse gouda hoorn
denhaag denbosch sgravenhage shertogenbosch middennederland noordnederland zuidholland noordholland
ajax feyenoord psv voetbal schatje lieverd liefde vakantie verjaardag sinterklaas kerst kerstmis computer
""".split()


class NotJustKnownWords:
    def validate(self, password, user=None):
        if is_guessed(password, list(Location.objects.values_list("name", flat=True))):
            raise ValidationError(
                _("This is easy to guess: it is made of words that everybody tries. Add words of your own."),
                code="password_known_words",
            )

    def get_help_text(self):
        return _("Not the name of the organisation, a place or a season with a number behind it.")


def is_guessed(password: str, places: list[str]) -> bool:
    """Return whether little is left of `password` without digits, signs, known words and `places`."""
    known = sorted({*KNOWN, *map(_letters, places)} - {""}, key=len, reverse=True)
    return any(
        len(set(letters)) < DIFFERENT or len(_without(known, letters)) < ENOUGH
        for letters in {_letters(password), _letters(password.translate(LOOKS_LIKE))}
    )


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z]", "", plain)


def _without(known: list[str], letters: str) -> str:
    for word in known:
        letters = letters.replace(word, " ")
    return letters.replace(" ", "")
