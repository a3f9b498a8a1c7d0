"""The embedded catalog: the TM Forum catalog APIs over HTTP, from a database or from a compiled release."""
