//! Writes the workbooks of `samples/`: `cargo run --example make_samples`.

mod department;
mod ministry;
mod table;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("部门评价表-信丰.xlsx"), department::table().to_xlsx()?)?;
    std::fs::write(
        folder.join("项目支出绩效自评表-示例.xlsx"),
        ministry::table().to_xlsx()?,
    )?;
    Ok(())
}
