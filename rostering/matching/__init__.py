"""Who takes which task, as near to the best as can be shown. Pure: numpy and HiGHS, no Django, no database.

files/read.py | rostering/snapshot/load.py  ->  world.py  ->  possible/pairs.py + fit.py  ->  problem.py  ->  plan.py
                                                                                                               |
                         explaining/, rostering/quality/measures.py  <-  Outcome  <-  judged by judge.py

plan.py starts child.py in a process of its own: solving/exact.py where the problem is small; else solving/weeks.py,
which takes the weeks apart (solving/relaxation.py for the bound, solving/improve.py for the plan). Both build
solving/model.py from rows.py and knapsacks.py, and speak to HiGHS through highs.py alone.
"""
