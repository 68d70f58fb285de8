"""What can be learned? The catalogue, a course, a lesson."""
