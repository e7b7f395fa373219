"""What the texts mean: kinds, documents, people, plans and sign-offs, and the handbook that relates them."""
