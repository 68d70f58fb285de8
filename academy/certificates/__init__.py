"""Who has earned what? Certification, awarding, and the papers that say so."""

from academy.certificates.awarding import is_due, progress, read_progress, settle

__all__ = ["is_due", "progress", "read_progress", "settle"]
