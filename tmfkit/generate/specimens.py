"""Values with which something can be shown: those that a characteristic has, or some that it could have."""

from tmfkit.generate.items.samples import sample_values
from tmfkit.generate.items.values import Trait
from tmfkit.model.characteristics import Characteristic
from tmfkit.semantics.domains import domain_of


def specimens(characteristic: Characteristic) -> list[str]:
    """Some values of a characteristic in their one spelling, its default first; none where no text like its pattern is found."""
    return sample_values(Trait("", characteristic, domain_of(characteristic)))
