"""Ways to look at the graph: files, pictures, queries and the command line; nothing here changes it."""
