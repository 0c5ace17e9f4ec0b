//! Writes `docs/rules.md`, the documentation of all rules on one page.

fn main() -> std::io::Result<()> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("rules.md"), hebiao::rules::catalogue())
}
