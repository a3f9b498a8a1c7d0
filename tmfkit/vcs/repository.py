"""The git repository that a project lies in: which commit a name means, and what a change is compared with."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.errors import TmfkitError
from tmfkit.vcs.plumbing import Answer, Plumbing
from tmfkit.vcs.tree import RevisionTree, entries_of

MAIN = ("refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master")
"""Where the main branch is looked for when the clone does not say which one it is."""

FOLDERS = "or compare two folders: `tmfkit diff BEFORE AFTER`"
DEEPEN = "fetch more with `git fetch --unshallow` (`fetch-depth: 0` in GitHub Actions, `GIT_DEPTH: 0` in GitLab CI)"
NAME_IT = "name the revision to compare with: `tmfkit diff BASE`"


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository, seen from a folder in it: `prefix` is the way there from its top, with a slash at the end, empty at the top."""

    git: Plumbing
    prefix: str
    shallow: bool

    @classmethod
    def find(cls, folder: Path) -> "Repository":
        """The repository that a folder lies in: also a worktree, a submodule or a clone without its whole history."""
        git = Plumbing(folder)
        told = git.ask("rev-parse", "--is-bare-repository", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
        if told.status:
            raise _no_repository(folder, told)
        bare, inside, shallow, prefix = [*told.text.split("\n", 3), ""][:4]
        if bare == "true":
            raise TmfkitError(f"{folder} is a bare repository: it has no files", f"clone it and run there, {FOLDERS}")
        if inside != "true":
            raise TmfkitError(f"{folder} is where git keeps its own files", "run in the folder of the project")
        return cls(git, prefix, shallow == "true")

    def commit(self, name: str) -> str:
        """The id of the commit that a name means; raises what is wrong with the name."""
        if fault := _misspelt(name):
            raise fault
        found = self.git.ask("rev-parse", "--verify", f"{name}^{{commit}}")
        if found.status:
            raise self._unknown(name, found.complaint)
        if "is ambiguous" in found.complaint:
            raise TmfkitError(f"`{name}` is the name of several things in git", f"say which: `refs/heads/{name}` or `refs/tags/{name}`")
        return found.text

    def knows(self, name: str) -> bool:
        """Whether a name means a commit, or several."""
        return not _misspelt(name) and not self.git.ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").status

    def base(self) -> str:
        """The commit where the work at hand left the main branch: what a pull request is compared with."""
        head, main = self.commit("HEAD"), self._main()
        found = self.git.ask("merge-base", head, main)
        if not found.status:
            return found.text
        if self.shallow:
            raise TmfkitError("the history of this clone is too short: where the work left the main branch is not in it", DEEPEN)
        raise TmfkitError(f"the work at hand and the main branch ({_short(main)}) have no history in common", NAME_IT)

    def tree(self, commit: str, prefix: str | None = None) -> RevisionTree:
        """The files of the folder, or of another one of the repository, as they stand in a commit; none where it did not exist."""
        return RevisionTree(self.git, entries_of(self.git, commit, self.prefix if prefix is None else prefix))

    def holding(self, commit: str, file: str) -> list[str]:
        """The folders that hold a file of that name in a commit, each as a prefix, sorted."""
        paths = entries_of(self.git, commit, "")
        return sorted(path.removesuffix(file) for path in paths if path == file or path.endswith(f"/{file}"))

    def _main(self) -> str:
        told = self.git.ask("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
        for name in (told.text, *MAIN):
            if name and self.knows(name):
                return name
        if self.shallow:
            raise TmfkitError("the history of this clone is too short: the main branch is not in it", DEEPEN)
        looked = ", ".join(f"`{_short(name)}`" for name in MAIN)
        raise TmfkitError(f"no main branch is found: there is neither `origin/HEAD` nor any of {looked}", NAME_IT)

    def _unknown(self, name: str, complaint: str) -> TmfkitError:
        if "is ambiguous" in complaint:
            return TmfkitError(f"`{name}` is the beginning of several commit ids", "write more of the id")
        if not self.knows("HEAD") and not self.git.ask("rev-list", "--all", "--max-count=1").text:
            return TmfkitError("this repository has no commit yet", f"commit the catalog first, {FOLDERS}")
        if name == "HEAD":
            return TmfkitError("this branch has no commit yet", f"commit the catalog first, {FOLDERS}")
        if self.shallow:
            return TmfkitError(f"the history of this clone is too short: `{name}` is not in it", DEEPEN)
        return TmfkitError(f"git knows no revision `{name}`", self._nearest(name) or f"name a branch, a tag or a commit, {FOLDERS}")

    def _nearest(self, name: str) -> str:
        listed = self.git.ask("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
        known = listed.text.split("\n")
        return f"did you mean `origin/{name}`?" if f"origin/{name}" in known else did_you_mean(name, known)


def is_bare(folder: Path) -> bool:
    """Whether a folder is a repository without files to work on."""
    return Plumbing(folder).ask("rev-parse", "--is-bare-repository").text == "true"


def _misspelt(name: str) -> TmfkitError | None:
    """What is wrong with a name before git is asked: git would take some for an option, a range or a question about files."""
    if not name.strip():
        return TmfkitError("the name of a revision is empty", "name a branch, a tag or a commit")
    if name.startswith("-"):
        return TmfkitError(f"`{name}` is no revision: names in git do not begin with a hyphen", "options stand before `--`")
    if name.startswith("^"):
        return TmfkitError(f"`{name}` is no revision but says which ones to leave out", "name a branch, a tag or a commit")
    if not name.isprintable():
        return TmfkitError("the name of a revision has control characters", "name a branch, a tag or a commit")
    if ends := re.fullmatch(r"(.*?)\.\.\.?(.*)", name):
        before, after = (end or "HEAD" for end in ends.groups())
        return TmfkitError(f"`{name}` is a range of revisions", f"name its ends: `tmfkit diff {before} {after}`")
    if ":" in name.partition("{")[0]:
        return TmfkitError(f"`{name}` is no revision but a file or folder in one", "name a branch, a tag or a commit")
    return None


def _no_repository(folder: Path, told: Answer) -> TmfkitError:
    said = told.complaint.strip().splitlines()
    first = said[0].removeprefix("fatal: ") if said else f"it ended with {told.status}"
    if "not a git repository" in first:
        return TmfkitError(f"{folder} lies in no git repository", f"`git init` makes one, {FOLDERS}")
    if "dubious ownership" in first or "unsafe repository" in first:
        trusted = next((found[1] for line in said if (found := re.search(r"--add safe\.directory (.+)", line))), os.fspath(folder))
        hint = f"if you trust it: git config --global --add safe.directory {trusted}"
        return TmfkitError("git refuses to read this repository: it belongs to another user", hint)
    return TmfkitError(f"git cannot read the repository of {folder}: {first}", "`git status` there says the same")


def _short(name: str) -> str:
    return name.removeprefix("refs/remotes/").removeprefix("refs/heads/")
