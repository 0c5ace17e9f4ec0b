//! Where `convert` writes what it makes of each input.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hebiao::batch::Input;
use hebiao::files::{OutputError, ProtectedInputs, is_free, output_stem, output_stems, safe_stem};

use super::convert_artifacts::Artifact;

/// Where each input's outputs go. What lay in folders of what was named lies in folders of the same names; in one
/// folder, inputs of the same name get outputs of different names.
///
/// Paths are worked out when they are asked for: a run may have many inputs.
#[derive(Debug)]
pub struct OutputPlan {
    folder: PathBuf,
    artifacts: Vec<Artifact>,
    /// By their positions, inputs whose outputs are named otherwise than they themselves are: `name (2)`.
    renamed: BTreeMap<usize, Box<str>>,
}

impl OutputPlan {
    /// Returns the plan for these inputs, of each of which these artifacts are made.
    pub fn new(folder: &Path, inputs: &[Input], artifacts: Vec<Artifact>) -> Self {
        let mut plan = Self {
            folder: folder.to_owned(),
            artifacts,
            renamed: BTreeMap::new(),
        };
        let mut by_folder: BTreeMap<String, Vec<(usize, &Input)>> = BTreeMap::new();
        for (at, input) in inputs.iter().enumerate() {
            // Some file systems hold names that differ in case for one.
            let folder = plan.folder_of(input).to_string_lossy().to_lowercase();
            by_folder.entry(folder).or_default().push((at, input));
        }
        for inputs in by_folder.into_values() {
            let stems = output_stems(inputs.iter().map(|(_, input)| Path::new(input.shown())));
            let renamed = inputs
                .into_iter()
                .zip(stems)
                .filter(|((_, input), stem)| *stem != output_stem(Path::new(input.shown())));
            plan.renamed
                .extend(renamed.map(|((at, _), stem)| (at, stem.into_boxed_str())));
        }
        plan
    }

    /// Returns the outputs of the input at a position.
    pub fn outputs(&self, at: usize, input: &Input) -> Vec<(Artifact, PathBuf)> {
        let name = Path::new(input.shown());
        let folder = self.folder_of(input);
        let stem = match self.renamed.get(&at) {
            Some(stem) => stem.to_string(),
            None => output_stem(name),
        };
        let output = |&artifact: &Artifact| {
            let path = folder.join(format!("{stem}{}", artifact.suffix(name)));
            (artifact, path)
        };
        self.artifacts.iter().map(output).collect()
    }

    /// Returns where the annotated copy of the input at a position goes, where there is to be one.
    pub fn annotated_copy(&self, at: usize, input: &Input) -> Option<PathBuf> {
        let outputs = self.outputs(at, input).into_iter();
        let mut copies = outputs.filter(|(artifact, _)| *artifact == Artifact::Annotated);
        copies.next().map(|(_, path)| path)
    }

    fn folder_of(&self, input: &Input) -> PathBuf {
        let parts = input.folders().map(safe_stem);
        parts.fold(self.folder.clone(), |folder, part| folder.join(part))
    }
}

/// Refuses an output that would replace an input, or anything unless asked to.
pub fn refuse_in_the_way(path: &Path, force: bool, inputs: &ProtectedInputs) -> Result<(), OutputError> {
    if is_free(path) {
        return Ok(());
    }
    if inputs.contains(path) {
        return Err(OutputError::IsInput(path.to_owned()));
    }
    if !force && path.symlink_metadata().is_ok() {
        return Err(OutputError::Exists(path.to_owned()));
    }
    Ok(())
}
