"""A project as it stood in a release that git knows."""

from tmfkit.diagnostics.model import Outcome
from tmfkit.errors import TmfkitError
from tmfkit.project import Project, open_revision
from tmfkit.vcs.repository import Repository


def project_at(project: Project, release: str, otherwise: str) -> Outcome[Project]:
    """The project in a revision, its settings included; `otherwise` is the way out that people get where git knows no such thing."""
    try:
        repository = Repository.find(project.root)
        return open_revision(project.root, repository.tree(repository.commit(release)))
    except TmfkitError as error:
        raise TmfkitError(error.message, error.hint.partition(", or compare")[0] or otherwise) from None
