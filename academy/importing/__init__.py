"""What do the files of a course say?"""

from academy.importing.courses import Taken, import_courses, import_qualifications

__all__ = ["Taken", "import_courses", "import_qualifications"]
