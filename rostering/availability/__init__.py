"""When can somebody come, and how gladly?"""
