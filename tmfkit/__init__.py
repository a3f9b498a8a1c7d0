"""tmfkit keeps a telecom operator's product catalog as code and turns it into TM Forum payloads."""

__version__ = "0.1.0"
