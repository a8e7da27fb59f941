### Finding comments: the search, filters, saved ones, campaigns.
