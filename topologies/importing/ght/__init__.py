"""GHTs: which public hospitals belong together, from the ministry's list."""
