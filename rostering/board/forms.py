"""The shape of what a coordinator sends. What it means is judged by the verbs."""
