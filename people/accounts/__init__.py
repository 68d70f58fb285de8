"""How does somebody get in, and stay the only one who does? Log-in, second factor, and what allauth is told."""
