"""Can this picture be shown? Asked when it is uploaded: Wagtail looks at its head, and fails later on the rest."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from PIL import Image as Picture
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import Image


class PictureField(WagtailImageField):
    """Takes a picture that can be read to its end; what Pillow cannot read is a mistake in this field."""

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            super().check_image_pixel_size(f)
            _read_to_the_end(f)
        except ValidationError:
            raise
        except Exception as error:  # Pillow raises OSError, SyntaxError, ValueError, EOFError and others
            raise ValidationError(
                _("This picture is damaged or not complete. Save it again, or choose another one.")
            ) from error


class PictureForm(BaseImageForm):
    file = PictureField(
        label=capfirst(Image._meta.get_field("file").verbose_name), widget=BaseImageForm.Meta.widgets["file"]
    )


def _read_to_the_end(file: Any) -> None:
    """Raise what Pillow raises. The number of pixels, frames included, has been found small enough by now."""
    file.seek(0)
    with Picture.open(file) as picture:
        for frame in range(getattr(picture, "n_frames", 1)):
            picture.seek(frame)
            picture.load()
    file.seek(0)
