"""Flow through a service: who comes, who stays, who leaves, and what is still to be delivered."""
