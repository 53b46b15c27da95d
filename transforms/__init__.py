"""Pure reading: bytes of a page → Article → Figures → Measures; no socket, database or clock."""
