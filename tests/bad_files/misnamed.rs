//! Every format under the names of others: read by its content, and said.

use super::{BadFile, Expected, bad, good};

pub fn files() -> Vec<BadFile> {
    let mut files = Vec::new();
    for (index, (own, build)) in good::FORMATS.into_iter().enumerate() {
        // The next two in the list, and a name that is no table's at all.
        let others = [1, 2].map(|step| good::FORMATS[(index + step) % good::FORMATS.len()].0);
        for other in others.into_iter().chain(["pdf"]) {
            let expected = Expected::Whole {
                losses: vec!["已按内容读取"],
            };
            files.push(bad(&format!("其实是{own}.{other}"), expected, build));
        }
    }
    files.push(bad("没有扩展名", Expected::Whole { losses: Vec::new() }, good::xls));
    files.push(bad("大写.XLS", Expected::Whole { losses: Vec::new() }, good::xls));
    files.push(bad("国标码.csv", Expected::Whole { losses: Vec::new() }, good::csv_gbk));
    files
}
