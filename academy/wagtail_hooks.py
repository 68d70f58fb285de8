"""The trainer's place in Wagtail's admin, and the doors between Wagtail and the rules of the academy."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.wagtail_hooks import ExplorerMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from academy import access as audience
from academy import publishing
from academy.courses import pages
from academy.models import CatalogueIndex, CoursePage, LearnerPage, ModulePage, Question
from people import days, stamps

OURS = ("courses", "questions", "media-menu", "learners")


@hooks.register("before_serve_page")
def show_to_learners(page, request, serve_args, serve_kwargs):
    return pages.show(page, request) if isinstance(page, (LearnerPage, CatalogueIndex)) else None


@hooks.register("before_serve_document")
def by_who_may_see_its_page(document, request):
    """A document has a number that can be guessed; who may not see its page does not get it either."""
    if audience.may_read(request.user, document):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404


# What happens to a page -------------------------------------------------------------------------------------


@hooks.register("after_publish_page")
def note_published(request, page):
    """The editor's own button goes round `page.publish`; the journal hears of it here, once."""
    if isinstance(page, LearnerPage):
        publishing.note(page, by=request.user)


@hooks.register("after_unpublish_page")
def note_withdrawn(request, page):
    if isinstance(page, LearnerPage):
        publishing.note_withdrawn(page, by=request.user, now=timezone.now())


@hooks.register("before_bulk_action")
def check_bulk(request, action_type, objects, action_class_instance):
    """Many pages at once obey the same rules as one."""
    pages = [page.specific for page in objects if isinstance(page, Page)]
    ours = [page for page in pages if isinstance(page, LearnerPage)]
    if action_type == "publish":
        found = _not_publishable(ours, with_drafts_below=bool(request.POST.get("include_descendants")))
    elif action_type == "delete":
        said = _("“%(title)s” cannot be deleted: people have followed it.")
        found = [said % {"title": page.title} for page in ours if page.has_history]
    else:
        return None
    if not found:
        return None
    messages.error(request, " ".join(found))
    return redirect("wagtailadmin_explore", ours[0].get_parent().pk)


def _not_publishable(pages, *, with_drafts_below):
    said = _("“%(title)s” cannot be published yet. %(lacks)s")
    below = [one for page in pages for one in page.get_descendants().not_live().specific()]
    drafts = [
        page.get_latest_revision_as_object() for page in [*pages, *(below if with_drafts_below else ())]
    ]
    lacking = [(draft.title, draft.lacks(on=days.today())) for draft in drafts]
    return [said % {"title": title, "lacks": " ".join(lacks)} for title, lacks in lacking if lacks]


@hooks.register("before_copy_page")
def check_copy(request, page):
    """A copy begins as a draft, so that it passes the same check; a code belongs to one course."""
    if not isinstance(page.specific, LearnerPage):
        return None
    if isinstance(page.specific, CoursePage):
        messages.error(
            request, _("A course cannot be copied, its code is its own. Copy a part of it instead.")
        )
    elif request.method == "POST" and (request.POST.get("publish_copies") or request.POST.get("alias")):
        messages.error(request, _("Copy it as a draft, and publish it when it is ready."))
    else:
        return None
    return redirect("wagtailadmin_explore", page.get_parent().pk)


# The menu ---------------------------------------------------------------------------------------------------


@method_decorator(stamps.once, "dispatch")
class AddQuestion(CreateView):
    def get_initial_form_instance(self):
        """Begin with the part that ?module= names, where the button on that part leads."""
        said = self.request.GET.get("module", "")
        return Question(module=ModulePage.objects.filter(pk=said).first() if said.isdecimal() else None)


@method_decorator(stamps.edits, "dispatch")
class EditQuestion(EditView):
    pass


class QuestionViewSet(SnippetViewSet):
    model = Question
    add_view_class = AddQuestion
    edit_view_class = EditQuestion
    icon = "help"
    menu_label = gettext_lazy("Questions")
    menu_name = "questions"
    menu_order = 200
    add_to_admin_menu = True
    list_display = ["prompt", "kind", "module"]
    list_filter = ["module", "kind"]
    list_per_page = 50
    search_fields = ["prompt", "explanation"]
    search_backend_name = None
    ordering = ["module__path", "sort_order"]


register_snippet(QuestionViewSet)


@hooks.register("register_page_header_buttons")
def to_the_questions(page, user, view_name, next_url=None):
    """The test of a part stands under Questions; here is the way."""
    if isinstance(page.specific, ModulePage):
        chosen = f"?module={page.pk}"
        urls = Question.snippet_viewset
        yield Button(
            _("Questions of the test"),
            reverse(urls.get_url_name("list")) + chosen,
            icon_name="help",
            priority=5,
        )
        yield Button(
            _("Add a question"), reverse(urls.get_url_name("add")) + chosen, icon_name="plus", priority=6
        )


@hooks.register("register_admin_menu_item")
def courses_item():
    return ExplorerMenuItem(
        gettext_lazy("Courses"),
        reverse("wagtailadmin_explore_root"),
        name="courses",
        icon_name="doc-full",
        order=100,
    )


@hooks.register("register_admin_menu_item")
def media_item():
    items = [
        MenuItem(gettext_lazy("Images"), reverse("wagtailimages:index"), icon_name="image", order=100),
        MenuItem(gettext_lazy("Video"), reverse("wagtailmedia:index"), icon_name="media", order=200),
        MenuItem(
            gettext_lazy("Documents"), reverse("wagtaildocs:index"), icon_name="doc-full-inverse", order=300
        ),
    ]
    return SubmenuMenuItem(
        pgettext_lazy("menu", "Media"), Menu(items=items), name="media-menu", icon_name="image", order=300
    )


@hooks.register("register_admin_menu_item")
def learners_item():
    return MenuItem(
        gettext_lazy("Progress of learners"),
        reverse("academy:learners"),
        name="learners",
        icon_name="group",
        order=400,
    )


@hooks.register("construct_main_menu")
def only_ours(request, items):
    """Whoever writes courses sees four things; the site's keepers do the rest in Paraat itself."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name in OURS]
    else:
        items[:] = [item for item in items if item.name not in ("explorer", "images", "documents", "media")]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counts(request, items):
    """How many files there are helps nobody."""
    items.clear()


@hooks.register("insert_global_admin_css")
def our_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("admin.css"))
