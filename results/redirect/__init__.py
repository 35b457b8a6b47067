"""Redirect: who takes the patients of a hospital that can take none, prepared before it happens and kept on paper."""

from results.redirect.booklet import booklet_of

__all__ = ["booklet_of"]
