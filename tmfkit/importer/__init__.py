"""From payloads of the TM Forum APIs to YAML of the language: nothing is dropped in silence, nothing is half written."""
