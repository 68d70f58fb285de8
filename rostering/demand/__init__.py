"""How many people are wanted when?"""
