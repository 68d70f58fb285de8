"""Did somebody pass?"""
