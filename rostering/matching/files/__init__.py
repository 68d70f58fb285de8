"""What does a file of a roster problem say?"""
