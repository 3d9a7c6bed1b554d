"""The explorer: pages over a graph, made on the server, which work without scripts."""
