//! What the derive expands to, formatted.
