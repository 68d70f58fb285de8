"""Who takes which task, as near to the best as can be shown. Pure: numpy and HiGHS, no Django, no database.

instance.py | rostering/arrays.py  ->  world.py  ->  pairs.py + fit.py  ->  problem.py  ->  plan.py
                                                                                             |
                                   why.py, training.py, quality.py  <-  Outcome  <-  judged by judge.py

plan.py starts child.py in a process of its own: exact.py where the problem is small; else portfolio.py, which takes
the weeks apart (relaxation.py for the bound, improve.py for the plan). Both build model.py from cliques.py and
knapsacks.py, and speak to HiGHS through engine.py alone.
"""
