"""One state per page or shared concern: read with queries, act with services, hold nothing that matters."""
