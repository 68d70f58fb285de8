"""Who answers to these words? One search for every list of people."""

from django.db.models import Q, QuerySet

from people.models import Person


def by_words(words: str) -> QuerySet[Person]:
    """Return the people in whose name or mail address every word occurs."""
    people = Person.objects.all()
    for word in words.split():
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(infix__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
        )
    return people
