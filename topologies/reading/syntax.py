"""Syntax errors in our words, where PyYAML and the csv module have their own."""

from collections.abc import Mapping

import yaml

from topologies.errors import Message

SYNTAX: Mapping[str, Message] = {
    "did not find expected ',' or '}'": Message("a comma or a closing brace is missing before this"),
    "did not find expected ',' or ']'": Message("a comma or a closing bracket is missing before this"),
    "could not find expected ':'": Message("a colon is missing before this"),
    "mapping values are not allowed in this context": Message(
        "an unexpected colon: put text that holds one between quotes"
    ),
    "found character that cannot start any token": Message("an unexpected character, perhaps a tab"),
    "did not find expected key": Message(
        "a field is expected here: the line before may be indented otherwise"
    ),
    "did not find expected node content": Message("a value is expected here"),
    "did not find expected '-' indicator": Message("a hyphen is expected here, as before the other items"),
    "found unexpected end of stream": Message("a quote is never closed"),
    "found a tab character that violates indentation": Message("a tab in place of spaces"),
    "did not find expected <document start>": Message("there is text after the end of the document"),
    "did not find expected alphabetic or numeric character": Message("a name is expected behind & or *"),
    "did not find expected hexdecimal number": Message("a backslash lacks its digits"),
    "field larger than field limit (131072)": Message("a cell is longer than any text here may be"),
    "expected a mapping or list of mappings for merging, but found scalar": Message(
        "<< takes the fields of an alias only"
    ),
    "expected a mapping for merging, but found scalar": Message("<< takes the fields of an alias only"),
    "found invalid Unicode character escape code": Message(
        "a backslash is followed by a code that no character has"
    ),
    "could not find expected directive name": Message(
        "a line begins with %: put text that holds one between quotes"
    ),
    "found incompatible YAML document": Message("%YAML asks for another version than 1.1 or 1.2"),
    "found unknown directive name": Message("a line begins with %: put text that holds one between quotes"),
    "found undefined alias": Message("an alias names nothing that was written before"),
    "found unknown escape character": Message(
        "a backslash between double quotes stands before a letter that has no meaning"
    ),
    "block sequence entries are not allowed in this context": Message(
        "a list begins here where none is expected"
    ),
    "found unhashable key": Message("a list or fields in place of a name"),
    "but found another document": Message("a second document begins here"),
    "unexpected end of data": Message("a quote is never closed"),
    "',' expected after '\"'": Message("there is text after a closing quote"),
    "';' expected after '\"'": Message("there is text after a closing quote"),
}
"""What PyYAML and the csv module say of broken documents, in our words."""


def in_our_words(problem: object) -> Message:
    """What a parser says is wrong; where we have no words for it, its own."""
    if isinstance(problem, Message):
        return problem
    return SYNTAX.get(str(problem)) or Message("{text}", {"text": problem})


def syntax_problem(error: yaml.YAMLError) -> tuple[int | None, int | None, Message]:
    """The line and the column of a syntax error, and what is wrong; where we have no words for it, PyYAML's own."""
    if isinstance(error, yaml.MarkedYAMLError) and (mark := error.problem_mark or error.context_mark):
        return mark.line + 1, mark.column + 1, in_our_words(error.problem or error.context)
    return None, None, in_our_words(getattr(error, "reason", error))
