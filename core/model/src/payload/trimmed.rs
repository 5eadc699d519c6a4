//! What people type, without the blanks around it: the same whichever shell it was typed into.

use super::Payload;

impl Payload {
    /// The payload with every text that a person types as they mean it, without blanks around it.
    ///
    /// An answer to a question of a form stays exactly as it was given: the form's own rules look at it. What is signed
    /// stays as it was shown.
    pub fn trimmed(mut self) -> Payload {
        for text in self.typed_texts() {
            let meant = text.trim();
            if meant.len() < text.len() {
                *text = meant.to_owned();
            }
        }
        self
    }

    fn typed_texts(&mut self) -> Vec<&mut String> {
        match self {
            Payload::MeterRead(body) => vec![&mut body.value],
            Payload::NoteAdd(body) => vec![&mut body.text],
            Payload::PartUsed(body) => vec![&mut body.code, &mut body.quantity, &mut body.batch],
            Payload::ChargeAdd(body) => vec![&mut body.description, &mut body.quantity],
            Payload::AmendmentBegin(body) => vec![&mut body.reason],
            Payload::AmendmentReason(body) => vec![&mut body.reason],
            Payload::AmendmentDiscard(body) => vec![&mut body.reason],
            Payload::RefusalDiscard(body) => vec![&mut body.reason],
            Payload::JobCreate(body) => vec![&mut body.serial, &mut body.fault],
            Payload::ClassSet(body) => vec![&mut body.reason],
            Payload::RequestMake(body) => vec![&mut body.reason],
            Payload::CashTake(body) => vec![&mut body.received_from, &mut body.note],
            Payload::JobDiagnose(body) => {
                let coded = [&mut body.symptom, &mut body.cause, &mut body.remedy, &mut body.findings];
                coded.into_iter().flatten().collect()
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::entity::InstanceKey;

    #[test]
    fn what_is_typed_is_kept_without_the_blanks_around_it() {
        let rows = [
            (
                Payload::JobCreate(JobCreate {
                    serial: " A 1 ".into(),
                    fault: "\n leaks\t".into(),
                    ..JobCreate::default()
                }),
                Payload::JobCreate(JobCreate { serial: "A 1".into(), fault: "leaks".into(), ..JobCreate::default() }),
            ),
            (
                Payload::JobDiagnose(JobDiagnose { findings: Some("  ".into()), ..JobDiagnose::default() }),
                Payload::JobDiagnose(JobDiagnose { findings: Some(String::new()), ..JobDiagnose::default() }),
            ),
            (
                Payload::ClassSet(ClassSet { reason: " agreed\u{3000}".into(), ..ClassSet::default() }),
                Payload::ClassSet(ClassSet { reason: "agreed".into(), ..ClassSet::default() }),
            ),
        ];
        for (typed, kept) in rows {
            assert_eq!(typed.trimmed(), kept);
        }
    }

    #[test]
    fn an_answer_stays_as_it_was_given() {
        let answer = Payload::AnswerSet(AnswerSet {
            subject: Default::default(),
            form: Default::default(),
            purpose: String::new(),
            instance: InstanceKey::default(),
            value: Some(" as typed ".into()),
            provenance: crate::document::Provenance::Typed,
        });
        assert_eq!(answer.clone().trimmed(), answer);
    }
}
