"""YAML as clerks write it: read strictly, every scalar as text, with its place when something is
wrong. Nothing else in the project knows ruamel.yaml.

    text    a file's text, UTF-8
    plain   read line by line, where it is written plainly
    parse   read by libyaml, where it is not; what is wrong is told here
    file    the one or the other, and places in it
    write   nodes as text
    merge   new values written into a file that people wrote
"""

from generator.yaml.file import FaultyFileError, YamlFile
from generator.yaml.nodes import Node, Place, Where
from generator.yaml.slips import WIDE_SIGNS
from generator.yaml.text import MAX_BYTES, TextFile, entries, without_unseen
from generator.yaml.write import to_yaml

__all__ = [
    "MAX_BYTES",
    "WIDE_SIGNS",
    "FaultyFileError",
    "Node",
    "Place",
    "TextFile",
    "Where",
    "YamlFile",
    "entries",
    "to_yaml",
    "without_unseen",
]
