"""Events: who gathers where and when, and which hospitals are near."""
