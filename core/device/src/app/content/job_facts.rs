//! Diagnosis and meters of a document.

use countersign_model::RecordRef;
use countersign_model::document::{CodeShown, MeterShown};
use countersign_model::entity::{Code, Job, Machine, MachineModel, MeterReading, code_id, code_list};
use countersign_model::language::Language;

use crate::app::AppError;
use crate::app::charging::facts;
use crate::app::work::Work;
use crate::store::Rows;

/// Symptom, cause and remedy with their names; what is not said is not there.
pub(crate) fn diagnosis(rows: &Rows<'_>, job: &Job, language: Language) -> Result<Vec<CodeShown>, AppError> {
    let said = [(code_list::SYMPTOM, &job.symptom), (code_list::CAUSE, &job.cause), (code_list::REMEDY, &job.remedy)];
    said.into_iter()
        .filter(|(_, code)| !code.is_empty())
        .map(|(list, code)| {
            let name = rows.get::<Code>(code_id(list, code))?.map(|code| code.name.get(language).to_owned());
            Ok(CodeShown { list: list.to_owned(), code: code.clone(), name: name.unwrap_or_default() })
        })
        .collect()
}

/// Readings of the visit, in the order in which they were taken.
pub(super) fn meters(rows: &Rows<'_>, work: &Work, layers: &[RecordRef]) -> Result<Vec<MeterShown>, AppError> {
    let machine = work.job.machine.map(|id| rows.get::<Machine>(id)).transpose()?.flatten();
    let model = machine.map(|machine| rows.get::<MachineModel>(machine.model)).transpose()?.flatten();
    let unit = model.map(|model| model.meter_unit).unwrap_or_default();
    let readings = facts::<MeterReading>(rows, layers)?.into_iter();
    Ok(readings.map(|(_, reading)| MeterShown { value: reading.value, unit: unit.clone() }).collect())
}
