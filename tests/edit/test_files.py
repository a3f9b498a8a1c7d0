"""Writing beside the target: nobody's file is written through, whatever lies there already."""

from pathlib import Path

from tmfkit.files import write_all, write_file


def test_a_link_that_was_laid_in_wait_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / ".a.yaml.new").symlink_to(victim)
    write_file(tmp_path / "work" / "a.yaml", b"mine")
    write_all(tmp_path / "work", {"a.yaml": "again", "b/c.yaml": "new"})
    assert victim.read_text() == "precious"
    assert (tmp_path / "work" / "a.yaml").read_text() == "again"
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == [".a.yaml.new", "a.yaml", "b"]


def test_a_new_file_may_be_read_like_any_other(tmp_path: Path) -> None:
    write_file(tmp_path / "a.yaml", b"mine")
    (tmp_path / "plain").touch()
    assert (tmp_path / "a.yaml").stat().st_mode == (tmp_path / "plain").stat().st_mode
