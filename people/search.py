"""Who answers to these words? One search for every list of people, the same on every database."""

from django.db.models import Q, QuerySet

from people import text
from people.models import Person


def by_words(words: str) -> QuerySet[Person]:
    """Return the people in whose name or mail address every word occurs, whatever its accents and capitals."""
    people = Person.objects.all()
    for word in words.split():
        people = people.filter(Q(searched_as__contains=text.folded(word)) | Q(email__contains=word.lower()))
    return people


def by_name(people: QuerySet[Person], name: str) -> QuerySet[Person]:
    """Return those of `people` in whose name every word of `name` occurs."""
    for word in text.folded(name).split():
        people = people.filter(searched_as__contains=word)
    return people
