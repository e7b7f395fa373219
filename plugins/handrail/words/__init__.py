"""How it is said: English that several folders need, and every sentence about roles and signatures, once."""
