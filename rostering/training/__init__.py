"""What is worth learning next, and who is invited to it?"""
