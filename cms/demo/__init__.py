"""A fictional organisation to try Paraat with."""
