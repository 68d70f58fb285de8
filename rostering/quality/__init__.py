"""How good is the roster?"""
