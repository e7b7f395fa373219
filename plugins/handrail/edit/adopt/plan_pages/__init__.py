"""Plans that stand in the texts of pages: found in whatever form people give the five parts of one."""
