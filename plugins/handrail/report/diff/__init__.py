"""What a change does to a handbook: two commits of it, judged on one day and told apart."""
