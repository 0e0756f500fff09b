//! The derive of lucia.
