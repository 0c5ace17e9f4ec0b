//! Writes `docs/rules.md` and `docs/cross-rules.md`, the documentation of all rules on two pages.

fn main() -> std::io::Result<()> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("rules.md"), hebiao::rules::catalogue())?;
    std::fs::write(folder.join("cross-rules.md"), hebiao::summary::rules::catalogue())
}
