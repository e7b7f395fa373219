"""What is proved on a finished site, whichever engine built it: what it holds, gives away, and how it is found."""
