"""Who takes which task, as near to the best as can be shown. Pure: numpy and HiGHS, no Django, no database.

instance.py | rostering/arrays.py  ->  world.py  ->  pairs.py + fit.py  ->  problem.py  ->  plan.py
                                                                                             |
                                   why.py, training.py, quality.py  <-  Outcome  <-  judged by judge.py
"""
