"""How does a learner get on?"""
