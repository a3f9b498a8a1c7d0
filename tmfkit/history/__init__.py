"""Two states of a catalog, opened to be compared: of two revisions, of a revision and the files at hand, or of two folders."""

from tmfkit.history.comparing import Comparison as Comparison
from tmfkit.history.comparing import compared as compared
from tmfkit.history.notes import notes as notes
from tmfkit.history.opening import two_states as two_states
from tmfkit.history.states import History as History
from tmfkit.history.states import State as State
