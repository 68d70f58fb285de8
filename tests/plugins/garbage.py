"""Look for garbage seldom: Python's habit of looking after every 700 new objects takes a tenth of a run.

What came with loading the house is not looked through again; the rest still is, now and then.
"""

import gc

gc.set_threshold(50_000, 20, 50)


def pytest_collection_finish():
    gc.collect()
    gc.freeze()
