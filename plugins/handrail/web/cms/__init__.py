"""Forms for authors: the page and the configuration of Sveltia CMS, made of what the kinds ask for."""
