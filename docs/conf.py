"""The documentation as a site, built strictly and read offline; each door in its own language (decision 0025)."""

import gettext
import re
from pathlib import Path
from typing import Any

import sphinx
from docutils import nodes
from sphinx.application import Sphinx

project = "Tocsin"
author = "the Tocsin contributors"
language = "en"
html_title = "Tocsin"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]
myst_links_external_new_tab = False
nitpicky = True

LOCALES = Path(sphinx.__file__).parent / "locale"
SEARCH_IN_FRENCH = "recherche"

html_theme = "furo"
html_theme_options = {"top_of_page_buttons": []}
html_additional_pages = {SEARCH_IN_FRENCH: "search.html"}
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_show_search_summary = False  # a browser does not let a page read its neighbours by file://
html_use_index = False
html_static_path = [str(LOCALES / "fr/LC_MESSAGES/sphinx.js")]  # what the search says, in French
templates_path = ["_templates"]
highlight_language = "text"

FRENCH_PAGES = ("index", "planners/", SEARCH_IN_FRENCH)
WORDS_OF_FURO = {  # the theme has no catalogue of its own
    "Back to top": "Haut de page",
    "Home": "Accueil",
    "Next": "Page suivante",
    "On this page": "Sur cette page",
    "Previous": "Page précédente",
    "Skip to content": "Aller au contenu",
    "Made with ": "Réalisé avec ",
}


class French(gettext.GNUTranslations):
    """Sphinx's own French, and that of the theme."""

    def gettext(self, message: str) -> str:
        """The French of a text of the interface; the text itself where there is none."""
        return WORDS_OF_FURO.get(message) or super().gettext(message)


def in_its_language(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """The buttons, the search and the declared language of a page are those of its text."""
    if not page.startswith(FRENCH_PAGES):
        return
    french = gettext.translation("sphinx", LOCALES, ["fr"], class_=French)
    context |= {
        "language": "fr",
        "gettext": french.gettext,
        "ngettext": french.ngettext,
        "search_page": SEARCH_IN_FRENCH,
    }
    app.add_js_file("sphinx.js")


def keep_punctuation_to_its_word(app: Sphinx, doctree: nodes.document) -> None:
    """In French, a line never begins with a colon or ends with an opening quotation mark."""
    if not app.env.docname.startswith(FRENCH_PAGES):
        return
    for text in list(doctree.findall(nodes.Text)):
        if not isinstance(text.parent, nodes.literal | nodes.literal_block | nodes.raw):
            kept = re.sub(r" (?=[;:!?»%])|(?<=«) |(?<=n°) ", "\u00a0", text)
            text.parent.replace(text, nodes.Text(kept))


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("doctree-read", keep_punctuation_to_its_word)
    app.connect("html-page-context", in_its_language)
