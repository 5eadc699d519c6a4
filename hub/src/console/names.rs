//! Names of customers, machines, models and sites for a page, each looked up once.

use std::collections::BTreeMap;

use countersign_model::Id;
use countersign_model::entity::{Customer, Machine, MachineModel, Site};

use super::trouble::Trouble;
use super::words::Words;
use crate::store::Read;

/// Names already looked up.
pub(crate) struct Names<'a> {
    pub read: &'a Read<'a>,
    pub words: &'a Words,
    known: BTreeMap<Id, String>,
}

impl<'a> Names<'a> {
    pub fn new(read: &'a Read<'a>, words: &'a Words) -> Names<'a> {
        Names { read, words, known: BTreeMap::new() }
    }

    /// The customer's name; a dash where there is none.
    pub fn customer(&mut self, id: Option<Id>) -> Result<String, Trouble> {
        let Some(id) = id else { return Ok(self.words.t("console-no-customer")) };
        if let Some(name) = self.known.get(&id) {
            return Ok(name.clone());
        }
        let name = self.read.get::<Customer>(id)?.map(|(_, customer)| customer.name).unwrap_or_default();
        self.known.insert(id, name.clone());
        Ok(name)
    }

    /// The model's name in the reader's language.
    pub fn model(&mut self, id: Id) -> Result<String, Trouble> {
        if let Some(name) = self.known.get(&id) {
            return Ok(name.clone());
        }
        let found = self.read.get::<MachineModel>(id)?;
        let name = found.map(|(_, model)| model.name.get(self.words.language()).to_owned()).unwrap_or_default();
        self.known.insert(id, name.clone());
        Ok(name)
    }

    /// Model and serial number of a machine; the serial as typed for one that is not registered.
    pub fn machine(&mut self, id: Option<Id>, serial: &str) -> Result<String, Trouble> {
        let found = id.map(|id| self.read.get::<Machine>(id)).transpose()?.flatten();
        let Some((_, machine)) = found else { return Ok(serial.to_owned()) };
        let model = self.model(machine.model)?;
        let variables = [("model", model.into()), ("serial", machine.serial.as_str().into())];
        Ok(self.words.with("console-machine-named", &variables))
    }

    /// The site's name; empty where there is none.
    pub fn site(&mut self, id: Option<Id>) -> Result<String, Trouble> {
        let found = id.map(|id| self.read.get::<Site>(id)).transpose()?.flatten();
        Ok(found.map(|(_, site)| site.name).unwrap_or_default())
    }
}
