"""Why does nobody stand here?"""
