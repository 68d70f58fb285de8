"""Who may edit, and what does the editor allow?"""
