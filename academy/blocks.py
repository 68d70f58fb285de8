"""What a lesson and a page of the site are built of. Shared, so that both look alike."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import VideoChooserBlock

RICH = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
KINDS = [("single", _("One answer")), ("multiple", _("More answers")), ("true_false", _("True or false"))]


class LineBlock(blocks.CharBlock):
    """One line of text. Standing alone in a StreamField, Wagtail gives its input no label; this does."""

    def __init__(self, *, label: Any, **options: Any) -> None:
        super().__init__(label=label, **options)
        self.field.widget.attrs["aria-label"] = label


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("What is in the image?"),
        help_text=_("Read aloud to people who do not see the image."),
        max_length=250,
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "academy/blocks/image.html"


class VideoBlock(blocks.StructBlock):
    video = VideoChooserBlock(label=_("Video"))
    captions = DocumentChooserBlock(label=_("Captions"), help_text=_("A subtitle file that ends in .vtt."))
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=RICH,
        help_text=_("Everything that is said and shown, for those who would rather read."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "academy/blocks/video.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"))
    attribution = blocks.CharBlock(label=_("Said by"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "academy/blocks/quote.html"


class TipBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH)

    class Meta:
        icon = "help"
        label = _("Tip")
        template = "academy/blocks/tip.html"


class SourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=250)
    publisher = blocks.CharBlock(label=_("Publisher"), max_length=120)
    year = blocks.IntegerBlock(
        label=_("Year"), validators=[MinValueValidator(1800), MaxValueValidator(2100)], required=False
    )
    url = blocks.URLBlock(label=_("Web address"), required=False)


class SourcesBlock(blocks.StructBlock):
    items = blocks.ListBlock(SourceBlock(label=_("Source")), label=_("Sources"))

    class Meta:
        icon = "list-ul"
        label = _("Sources")
        template = "academy/blocks/sources.html"


class CheckAnswerBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=250)
    is_right = blocks.BooleanBlock(label=_("Right"), required=False)
    feedback = blocks.CharBlock(label=_("Feedback"), required=False, max_length=400)


class CheckBlock(blocks.StructBlock):
    """A question in a lesson, for yourself: nothing of it is kept."""

    prompt = blocks.CharBlock(label=_("Question"), max_length=400)
    type = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="single")
    answers = blocks.ListBlock(CheckAnswerBlock(label=_("Answer")), label=_("Answers"), min_num=2)

    class Meta:
        icon = "circle-check"
        label = _("Check yourself")


class PageBody(blocks.StreamBlock):
    """Text and media, for every page."""

    text = blocks.RichTextBlock(
        label=_("Text"), features=RICH, icon="pilcrow", template="academy/blocks/text.html"
    )
    image = ImageBlock()
    video = VideoBlock()
    quote = QuoteBlock()
    tip = TipBlock()


class LessonBody(PageBody):
    check = CheckBlock()
    sources = SourcesBlock()
