//! Photos by stage: the machine as found, as left, and what else there is; which come next, and which are looked at side
//! by side.

use countersign_model::Id;
use countersign_model::document::Stage;
use serde::Serialize;

use super::choices::choices;
use super::job_rows::EvidenceRow;

/// The files of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageRow {
    /// The stage.
    pub stage: Stage,
    /// Its files, in the order in which they were captured.
    pub evidence: Vec<Id>,
    /// Whether a visit is expected to have some: then the stage is shown while it is empty.
    pub expected: bool,
    /// Pictures that lie over the camera while this stage is photographed, so that it is seen from the same place.
    pub over_camera: Vec<Id>,
}

/// Every stage, in the order in which they are shown. No file is left out: one of a stage that this program does not
/// know, or of none, stands with what is neither as found nor as left.
pub(super) fn stages(evidence: &[EvidenceRow]) -> Vec<StageRow> {
    let row = |word: &&str| {
        let stage = Stage::from_word(word);
        StageRow {
            evidence: of_stage(evidence, &stage).map(|row| row.evidence).collect(),
            expected: stage != Stage::Neither,
            over_camera: match stage {
                Stage::Left => pictures_of(evidence, &Stage::Found),
                _ => Vec::new(),
            },
            stage,
        }
    };
    choices("stage").iter().map(row).collect()
}

/// What is photographed next: the machine as found first, then anything.
pub(super) fn next_stage(evidence: &[EvidenceRow]) -> Stage {
    match of_stage(evidence, &Stage::Found).next() {
        Some(_) => Stage::Neither,
        None => Stage::Found,
    }
}

/// Pictures that a job shows by itself.
const NEWEST: usize = 4;

/// The newest pictures, in the order of capture. A file of which there is no picture here is in the gallery alone.
pub(super) fn newest(evidence: &[EvidenceRow]) -> Vec<Id> {
    let pictures = evidence.iter().filter(|row| row.thumbnail.is_some()).map(|row| row.evidence);
    let mut newest: Vec<Id> = pictures.rev().take(NEWEST).collect();
    newest.reverse();
    newest
}

/// Says of each file which ones can be looked at beside it: the pictures of the machine before the work beside those after
/// it, and the other way round. A file without a picture has nothing beside it.
pub(super) fn put_side_by_side(evidence: &mut [EvidenceRow]) {
    let (found, left) = (pictures_of(evidence, &Stage::Found), pictures_of(evidence, &Stage::Left));
    for row in evidence.iter_mut().filter(|row| row.preview.is_some()) {
        row.beside = if row.stage == Stage::Found { left.clone() } else { found.clone() };
    }
}

fn of_stage<'a>(evidence: &'a [EvidenceRow], stage: &Stage) -> impl Iterator<Item = &'a EvidenceRow> {
    let unknown = |row: &EvidenceRow| *stage == Stage::Neither && matches!(row.stage, Stage::Other(_));
    evidence.iter().filter(move |row| row.stage == *stage || unknown(row))
}

fn pictures_of(evidence: &[EvidenceRow], stage: &Stage) -> Vec<Id> {
    of_stage(evidence, stage).filter(|row| row.preview.is_some()).map(|row| row.evidence).collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use countersign_model::Digest;
    use countersign_model::time::TimeRecord;

    use super::super::job_rows::FileSafety;
    use super::*;

    fn id(number: u8) -> Id {
        Id::derived("evidence", &[&[number]])
    }

    fn row(number: u8, stage: Stage, is_picture: bool) -> EvidenceRow {
        EvidenceRow {
            evidence: id(number),
            sha256: Digest::of(&[number]),
            bytes: 1,
            kind: String::new(),
            name: String::new(),
            stage,
            question: None,
            findings: Vec::new(),
            safety: FileSafety::Here,
            thumbnail: is_picture.then(PathBuf::new),
            pixels: String::new(),
            duration_ms: None,
            picture: is_picture,
            may_draw: is_picture,
            layers: Vec::new(),
            drawn_by: String::new(),
            overlay: String::new(),
            preview: is_picture.then(PathBuf::new),
            original: None,
            beside: Vec::new(),
            taken: String::new(),
            time: TimeRecord::default(),
        }
    }

    fn visit() -> Vec<EvidenceRow> {
        vec![
            row(1, Stage::Found, true),
            row(2, Stage::Found, false),
            row(3, Stage::Left, true),
            row(4, Stage::Neither, true),
            row(5, Stage::Left, true),
            row(6, Stage::Neither, false),
        ]
    }

    #[test]
    fn the_machine_as_found_comes_first() {
        assert_eq!(next_stage(&[]), Stage::Found);
        assert_eq!(next_stage(&[row(1, Stage::Left, true)]), Stage::Found);
        assert_eq!(next_stage(&[row(1, Stage::Found, false)]), Stage::Neither);
    }

    #[test]
    fn the_newest_pictures_are_shown_in_the_order_of_capture() {
        let mut evidence = visit();
        assert_eq!(newest(&evidence), [id(1), id(3), id(4), id(5)]);
        evidence.push(row(7, Stage::Left, true));
        assert_eq!(newest(&evidence), [id(3), id(4), id(5), id(7)]);
        assert_eq!(newest(&evidence[1..2]), [], "a file without a picture");
    }

    #[test]
    fn pictures_of_before_stand_beside_those_of_after() {
        let mut evidence = visit();
        put_side_by_side(&mut evidence);
        let beside: Vec<Vec<Id>> = evidence.into_iter().map(|row| row.beside).collect();
        assert_eq!(beside, [vec![id(3), id(5)], vec![], vec![id(1)], vec![id(1)], vec![id(1)], vec![]]);
    }

    #[test]
    fn a_file_of_an_unknown_stage_or_of_none_is_shown() {
        let stage = |word: &str| Stage::Other(word.to_owned());
        let evidence = [row(1, stage(""), true), row(2, stage("before-loading"), false), row(3, Stage::Left, true)];
        let shown: Vec<usize> = stages(&evidence).iter().map(|row| row.evidence.len()).collect();
        assert_eq!(shown, [0, 1, 2]);
        assert_eq!(next_stage(&evidence), Stage::Found);
    }

    #[test]
    fn every_stage_is_there_and_the_camera_sees_what_was_found() {
        let rows = stages(&visit());
        let shown: Vec<(&str, usize, bool, usize)> = rows
            .iter()
            .map(|row| (row.stage.as_str(), row.evidence.len(), row.expected, row.over_camera.len()))
            .collect();
        assert_eq!(shown, [("found", 2, true, 0), ("left", 2, true, 1), ("other", 2, false, 0)]);
    }
}
