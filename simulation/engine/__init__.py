"""The engine: clock, random streams, timeline, buffers and compiled code; it knows nothing of hospitals."""
