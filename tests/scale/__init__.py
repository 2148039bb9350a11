"""The product as several processes: many workers, deaths, and clients that speak as pages do."""
