//! Where an error has no place of its own, the whole derive is marked.

use std::fs;
use std::path::Path;

#[test]
fn no_error_is_made_at_the_call_site() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src"), root.join("schema/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let mut made = text.lines().filter(|line| line.contains("Error::new"));
            assert!(made.all(|line| !line.contains(concat!("call", "_site"))), "{}", path.display());
        }
    }
}
