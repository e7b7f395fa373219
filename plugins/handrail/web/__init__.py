"""What browsers, crawlers and programs get of a site beside its pages: policy, metadata, feed, calendars, redirects, data."""
