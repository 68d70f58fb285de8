"""Who is asked, and what do they answer?"""
