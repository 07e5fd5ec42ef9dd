"""How the parts are put together to serve: settings, addresses of pages, processes."""
