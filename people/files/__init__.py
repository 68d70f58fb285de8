"""What does a file of an earlier system say? Sheets, cells, and the people and grants read from them."""
