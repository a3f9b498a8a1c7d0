"""The only room that knows how the TM Forum catalog APIs write things: TMF620, TMF633 and TMF634, versions 4 and 5."""
