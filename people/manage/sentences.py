"""What is said in the journal of people, places, qualifications and messages?"""

from django.utils.translation import gettext_lazy as _

from people.manage import story

SENTENCES = {
    "district.added": _("%(who)s added %(what)s"),
    "district.changed": _("%(who)s changed %(what)s"),
    "grant.imported": _("%(who)s took over %(added)s grants from %(file)s"),
    "house_rule.changed": _("%(who)s changed the house rule %(key)s from %(was)s to %(value)s"),
    "invitation.accepted": _("%(who)s accepted an invitation"),
    "invitation.sent": _("%(who)s sent an invitation (%(role)s)"),
    "invitation.withdrawn": _("%(who)s withdrew an invitation"),
    "location.added": _("%(who)s added %(what)s"),
    "location.changed": _("%(who)s changed %(what)s"),
    "location.imported": _("%(who)s took over %(added)s locations from %(file)s"),
    "notice.retried": _("%(who)s had a message sent again (%(kind)s)"),
    "person.added": _("%(who)s added %(what)s"),
    "person.changed": _("%(who)s changed the details of %(what)s"),
    "person.erased": _("%(who)s erased the details of somebody who left (%(what)s)"),
    "person.exported": _("%(who)s downloaded what we keep about %(what)s"),
    "person.imported": _("%(who)s took over %(added)s people from %(file)s"),
    "person.left": _("%(who)s closed the account of %(what)s"),
    "qualification.added": _("%(who)s added %(what)s"),
    "qualification.changed": _("%(who)s changed %(what)s"),
    "qualification.granted": _("%(who)s granted %(code)s (%(what)s)"),
    "qualification.imported": _("%(who)s took over %(what)s"),
    "qualification.revoked": _("%(who)s revoked %(code)s (%(what)s)"),
    "role.assigned": _("%(who)s made %(person)s %(role)s"),
    "role.ended": _("%(who)s ended a role (%(role)s)"),
    "role.off_duty": _("%(who)s took the work phone from a role (%(role)s)"),
    "role.on_duty": _("%(who)s noted the work phone of a role (%(role)s)"),
    "room.added": _("%(who)s added %(what)s"),
    "room.changed": _("%(who)s changed %(what)s"),
}


def register() -> None:
    story.register(
        SENTENCES,
        from_files=("grant.imported", "location.imported", "person.imported", "qualification.imported"),
        about_people=("people.grant", "people.roleassignment"),
    )
