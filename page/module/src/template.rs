//! Blank forms, empty or from an approved table.

use hebiao::layout::read_target_tables;
use hebiao::model::{Evaluation, TableKind};
use hebiao::read::{Limits, read_workbook};
use hebiao::write::{BlankForm, blank_form};
use serde::Deserialize;
use serde_json::json;

use crate::answer::Answer;
use crate::basis::Basis;

/// The kinds of which there is a form: name, title, kind.
pub const KINDS: [(&str, &str, TableKind); 4] = [
    ("project", "项目支出自评表", TableKind::ProjectSelfEvaluation),
    ("department", "部门评价表", TableKind::DepartmentEvaluation),
    ("overall", "部门整体支出自评表", TableKind::OverallSelfEvaluation),
    ("transfer", "转移支付自评表", TableKind::TransferSelfEvaluation),
];

/// What form is wanted.
#[derive(Debug, Deserialize)]
pub struct TemplateQuestion {
    /// A name of [`KINDS`].
    kind: String,
    year: Option<i32>,
    unit: Option<String>,
    /// The name of the approved table, where one is handed over.
    from: Option<String>,
}

impl TemplateQuestion {
    /// Returns the form as part 0.
    ///
    /// # Errors
    /// One sentence: no such kind, or no targets in the approved table.
    pub fn answer(&self, approved: &[u8], basis: &Basis) -> Answer {
        let known = KINDS.iter().find(|(name, ..)| *name == self.kind);
        let (_, title, kind) = known.ok_or_else(|| "没有这种空白表".to_owned())?;
        let planned = match &self.from {
            Some(name) => Some(planned(name, approved, basis)?),
            None => None,
        };
        let mut form = BlankForm::new(*kind);
        form.year = self.year;
        form.unit = self.unit.as_deref();
        form.planned = planned.as_ref();
        let bytes = blank_form(&form, basis.standard()).map_err(|error| error.to_string())?;
        Ok((json!({ "name": format!("{title}.xlsx") }), vec![bytes]))
    }
}

fn planned(name: &str, bytes: &[u8], basis: &Basis) -> Result<Evaluation, String> {
    let workbook = read_workbook(bytes, Some(name), &Limits::default()).map_err(|error| format!("{name}：{error}"))?;
    let first = read_target_tables(&workbook, basis.forms()).into_iter().next();
    first
        .map(|table| table.evaluation)
        .ok_or_else(|| format!("{name}：没有找到绩效指标；目标表要有“三级指标”和“指标值”两栏，请确认是否选错了文件。"))
}
