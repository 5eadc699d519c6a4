//! Recognises paths that a hash index answers: `instance('id')/…/row[child = key]`.
//!
//! Anything else is left to be walked; a path that is not recognised is slower, never wrong.

use crate::compile::Compiler;
use crate::lists::List;
use crate::names::NameId;
use crate::xpath::ast::{Axis, Comparison, Expr, Lookup, Path, Start, Step, Test};
use crate::xpath::table::Function;

impl Compiler {
    /// Recognises `instance('id')/…/row[child = key]`.
    pub(crate) fn lookup(&mut self, path: &Path) -> Option<Lookup> {
        let Start::Filtered(primary, start_predicates) = &path.start else { return None };
        let Expr::Call(Function::Instance, arguments) = primary.as_ref() else { return None };
        let Some(Expr::Text(id)) = arguments.first() else { return None };
        let number = self.instance_number(id)?;
        let tree = self.instances.get(usize::from(number) - 1)?.1.clone()?;
        let step = path.steps.iter().position(|step| !step.predicates.is_empty())?;
        let names: Option<Vec<NameId>> = path.steps.iter().take(step + 1).map(child_name).collect();
        let (child, key) = equality(path.steps.get(step)?.predicates.first()?)?;
        let names = names.filter(|_| start_predicates.is_empty())?;
        let same = |list: &List| list.tree == number && list.path == names && list.child == child;
        let index = match self.lists.iter().position(same) {
            Some(known) => known,
            None => {
                self.lists.push(List::build(number, &tree, &names, child));
                self.lists.len() - 1
            }
        };
        Some(Lookup { index, step, key: Box::new(key) })
    }
}

fn child_name(step: &Step) -> Option<NameId> {
    match (step.axis, &step.test) {
        (Axis::Child, Test::Name(name)) => Some(*name),
        _ => None,
    }
}

/// The child and the key of `child = key`, where the key does not depend on the row.
fn equality(predicate: &Expr) -> Option<(NameId, Expr)> {
    let Expr::Compare(Comparison::Equal, left, right) = predicate else { return None };
    let child = |expr: &Expr| match expr {
        Expr::Path(Path { start: Start::Context, steps, .. }) => match steps.as_slice() {
            [step] if step.predicates.is_empty() => child_name(step),
            _ => None,
        },
        _ => None,
    };
    match (child(left), child(right)) {
        (Some(name), None) if independent(right) => Some((name, right.as_ref().clone())),
        (None, Some(name)) if independent(left) => Some((name, left.as_ref().clone())),
        _ => None,
    }
}

/// Whether an expression means the same for every row.
fn independent(expr: &Expr) -> bool {
    match expr {
        Expr::Text(_) => true,
        Expr::Path(path) => match &path.start {
            Start::Root => true,
            Start::Filtered(primary, predicates) => {
                predicates.is_empty() && matches!(primary.as_ref(), Expr::Call(Function::Current, _))
            }
            Start::Context => false,
        },
        _ => false,
    }
}
