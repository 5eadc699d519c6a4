//! Which elements of the job's data a form looks at, so that who fills it need not bring a long list for nothing.
//!
//! An expression that does not name what it looks at counts as looking at everything: more is brought, never less.

use std::collections::BTreeSet;

use crate::compile::secondary::JOB;
use crate::names::{NO_NAME, NameId};
use crate::xpath::ast::{Axis, Expr, Path, Start, Step, Test};
use crate::xpath::table::Function;

/// What the expressions of a form look at under the root of `job`.
#[derive(Debug, Clone, Default)]
pub(crate) struct LookedAt {
    names: BTreeSet<NameId>,
    everything: bool,
}

impl LookedAt {
    /// Whether an element with this name is looked at.
    pub(crate) fn has(&self, name: NameId) -> bool {
        self.everything || self.names.contains(&name)
    }

    /// Takes note of an expression.
    pub(crate) fn note(&mut self, expr: &Expr) {
        self.expr(expr, false);
    }

    /// Takes note of an expression that begins at a row of a list, which may be one of the job's data.
    pub(crate) fn note_inside(&mut self, expr: &Expr) {
        self.expr(expr, true);
    }

    /// `inside` says that the context node is one of the job's data.
    fn expr(&mut self, expr: &Expr, inside: bool) {
        match expr {
            Expr::Number(_) | Expr::Text(_) => {}
            Expr::Or(left, right)
            | Expr::And(left, right)
            | Expr::Compare(_, left, right)
            | Expr::Arithmetic(_, left, right)
            | Expr::Union(left, right) => {
                self.expr(left, inside);
                self.expr(right, inside);
            }
            Expr::Negate(inner) | Expr::Matches(inner, _) => self.expr(inner, inside),
            // The whole instance, handed to a function.
            Expr::Call(Function::Instance, arguments) => self.everything |= is_job(arguments),
            Expr::Call(_, arguments) => arguments.iter().for_each(|argument| self.expr(argument, inside)),
            Expr::Path(path) => self.path(path, inside),
        }
    }

    fn path(&mut self, path: &Path, inside: bool) {
        let inside = match &path.start {
            Start::Root => false,
            Start::Context => {
                self.everything |= inside && path.steps.iter().any(|step| !goes_down(step));
                inside
            }
            Start::Filtered(primary, predicates) => match primary.as_ref() {
                Expr::Call(Function::Instance, arguments) => {
                    let job = is_job(arguments);
                    if job {
                        self.job_path(&path.steps);
                    }
                    predicates.iter().for_each(|predicate| self.expr(predicate, job));
                    job
                }
                other => {
                    self.expr(other, inside);
                    predicates.iter().for_each(|predicate| self.expr(predicate, true));
                    inside
                }
            },
        };
        for predicate in path.steps.iter().flat_map(|step| &step.predicates) {
            self.expr(predicate, inside);
        }
    }

    /// `instance('job')/root/NAME…`, every step down and by name; anything else may lead anywhere.
    fn job_path(&mut self, steps: &[Step]) {
        match steps {
            [root, element, ..] if steps.iter().all(goes_down) && name_of(root).is_some() => match name_of(element) {
                Some(name) => {
                    self.names.insert(name);
                }
                None => self.everything = true,
            },
            _ => self.everything = true,
        }
    }
}

fn is_job(arguments: &[Expr]) -> bool {
    matches!(arguments.first(), Some(Expr::Text(id)) if &**id == JOB)
}

fn name_of(step: &Step) -> Option<NameId> {
    match (step.axis, &step.test) {
        (Axis::Child, Test::Name(name)) => Some(*name).filter(|name| *name != NO_NAME),
        _ => None,
    }
}

/// Whether a step stays at or below where it is.
fn goes_down(step: &Step) -> bool {
    matches!(step.axis, Axis::Child | Axis::SelfNode | Axis::Attribute)
}
