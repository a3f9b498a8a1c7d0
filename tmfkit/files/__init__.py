"""Folders on disk: reading a project's files, and writing output that is whole or not there at all."""

from tmfkit.files.staging import Staging as Staging
from tmfkit.files.tree import FolderTree as FolderTree
from tmfkit.files.tree import below as below
from tmfkit.files.writing import write_all as write_all
from tmfkit.files.writing import write_file as write_file
