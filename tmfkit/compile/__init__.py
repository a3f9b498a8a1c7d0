"""From the catalog to payloads of the TM Forum APIs: pure, complete, and the same bytes for the same input."""
