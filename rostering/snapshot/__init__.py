"""What does the planner need of the database? People, tasks and times as arrays."""
