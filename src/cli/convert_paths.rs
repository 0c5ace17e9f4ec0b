//! Where `convert` writes what it makes of each input.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hebiao::batch::Input;
use hebiao::files::{OutputError, ProtectedInputs, output_stems, safe_stem};

use super::arguments::Convert;
use super::convert::Artifact;

/// Returns each input's outputs. What lay in folders of what was named lies in folders of the same names; in one
/// folder, inputs of the same name get outputs of different names.
pub fn outputs(arguments: &Convert, inputs: &[Input], artifacts: &[Artifact]) -> Vec<Vec<(Artifact, PathBuf)>> {
    let folder_of = |input: &Input| {
        let parts = input.folders().map(safe_stem);
        parts.fold(arguments.output.clone(), |folder, part| folder.join(part))
    };
    let mut by_folder: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, input) in inputs.iter().enumerate() {
        // Some file systems hold names that differ in case for one.
        let folder = folder_of(input).to_string_lossy().to_lowercase();
        by_folder.entry(folder).or_default().push(index);
    }
    let mut all = vec![Vec::new(); inputs.len()];
    for indexes in by_folder.into_values() {
        let of_folder: Vec<(usize, &Input)> = indexes
            .into_iter()
            .filter_map(|index| Some((index, inputs.get(index)?)))
            .collect();
        let stems = output_stems(of_folder.iter().map(|(_, input)| Path::new(input.shown())));
        for ((index, input), stem) in of_folder.into_iter().zip(stems) {
            let folder = folder_of(input);
            let output = |&artifact: &Artifact| {
                let suffix = artifact.suffix(Path::new(input.shown()));
                (artifact, folder.join(format!("{stem}{suffix}")))
            };
            if let Some(outputs) = all.get_mut(index) {
                *outputs = artifacts.iter().map(output).collect();
            }
        }
    }
    all
}

/// Refuses an output that would replace an input, or anything unless asked to.
pub fn refuse_in_the_way(path: &Path, force: bool, inputs: &ProtectedInputs) -> Result<(), OutputError> {
    if inputs.contains(path) {
        return Err(OutputError::IsInput(path.to_owned()));
    }
    if !force && path.symlink_metadata().is_ok() {
        return Err(OutputError::Exists(path.to_owned()));
    }
    Ok(())
}
