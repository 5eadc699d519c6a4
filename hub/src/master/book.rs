//! The table of books.

use countersign_model::Language;
use countersign_model::record::kind;

/// Kinds that the table names; the model owns them.
pub(crate) const CODE: &str = "code";
pub(crate) const PRICE: &str = "price";
pub(crate) const DEPOT: &str = "depot";

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A day, stored as `YYYY-MM-DD`.
    Day,
    /// An exact decimal, stored as text.
    Decimal,
    /// An amount in the company's currency, or in that of the price list.
    Money,
    /// A rate in percent, stored in basis points.
    Percent,
    /// Yes or no.
    Flag,
    /// A mail address.
    Mail,
    /// A language of the product.
    Language,
    /// An ISO 4217 currency.
    Currency,
    /// An IANA zone.
    Zone,
    /// A text per language.
    Local,
    /// One of these words, named `<kind>-<word>` in the texts.
    Word {
        /// Kind of the words.
        words: &'static str,
        /// The words as stored.
        known: &'static [&'static str],
    },
    /// Several of these words.
    Words {
        /// Kind of the words.
        words: &'static str,
        /// The words as stored.
        known: &'static [&'static str],
    },
    /// Another record, stored by its id.
    Ref(&'static str),
    /// A part, stored by its code; several.
    PartCodes,
    /// A code of a list, stored as the code.
    CodeOf(&'static str),
    /// A form, stored by its digest.
    Form,
}

/// A field of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the body.
    pub name: &'static str,
    /// Its name on screen (`master-field-<label>`) and as a column of a file.
    pub label: &'static str,
    /// What it holds.
    pub sort: Sort,
    /// Whether it must be filled.
    pub needed: bool,
    /// Whether lists show it.
    pub listed: bool,
}

/// A kind of master data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Book {
    /// Kind of its records.
    pub kind: &'static str,
    /// Its word in addresses, file names and on the command line.
    pub path: &'static str,
    /// The fields by which a file names a record: the same file twice changes nothing.
    pub key: &'static [&'static str],
    /// The field that names it to people, and by which its list is sorted at first.
    pub title: &'static str,
    /// Its fields in the order of forms and files.
    pub fields: &'static [Field],
    /// Fields by which its list can be filtered.
    pub filters: &'static [&'static str],
    /// Fields by which its list can be sorted; one that names another record is sorted by what that is called.
    pub sorts: &'static [&'static str],
}

/// A column of a file or an input of a form: a field, or one language of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The field.
    pub field: &'static Field,
    /// The language, for texts per language.
    pub language: Option<Language>,
}

impl Column {
    /// Its name in forms and files: `name_en`, or the field's own.
    pub fn name(&self) -> String {
        match self.language {
            Some(language) => format!("{}_{}", self.field.label, language.tag()),
            None => self.field.label.to_owned(),
        }
    }

    /// Whether a new record needs it. Of a text per language one is enough, see [`super::typed`].
    pub fn needed(&self) -> bool {
        self.field.needed && self.language.is_none()
    }
}

impl Book {
    /// Its columns.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns = Vec::new();
        for field in self.fields {
            match field.sort {
                Sort::Local => {
                    columns.extend(Language::ALL.map(|language| Column { field, language: Some(language) }));
                }
                _ => columns.push(Column { field, language: None }),
            }
        }
        columns
    }

    /// A field by its name in the body.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

const fn field(name: &'static str, sort: Sort) -> Field {
    Field { name, label: name, sort, needed: false, listed: true }
}

const fn needed(name: &'static str, sort: Sort) -> Field {
    Field { needed: true, ..field(name, sort) }
}

const fn aside(name: &'static str, sort: Sort) -> Field {
    Field { listed: false, ..field(name, sort) }
}

const TAX: Field = Field { name: "tax_basis_points", label: "tax", sort: Sort::Percent, needed: false, listed: true };

/// Roles as stored, in the order of the model.
const ROLES: &[&str] = &[
    "engineer",
    "training_rep",
    "manager",
    "call_desk",
    "store_keeper",
    "accountant",
    "product_designer",
    "sales",
    "auditor",
    "administrator",
];
const PART_GROUPS: &[&str] = &["wear", "consumable", "standard", "tool", "auxiliary"];
const CODE_LISTS: &[&str] = &["symptom", "cause", "remedy", "customer_class", "remark"];

/// Every book, in the order in which an empty company is filled: what is referred to comes first.
pub const BOOKS: &[Book] = &[
    Book {
        kind: kind::BRANCH,
        path: "branches",
        key: &["name"],
        title: "name",
        fields: &[needed("name", Sort::Line), field("address", Sort::Lines), field("phone", Sort::Line)],
        filters: &[],
        sorts: &["name"],
    },
    Book {
        kind: kind::PERSON,
        path: "people",
        key: &["number"],
        title: "name",
        fields: &[
            field("number", Sort::Line),
            needed("name", Sort::Line),
            Field { needed: true, ..field("roles", Sort::Words { words: "role", known: ROLES }) },
            field("branch", Sort::Ref(kind::BRANCH)),
            field("language", Sort::Language),
        ],
        filters: &["roles", "branch"],
        sorts: &["name", "number", "branch"],
    },
    Book {
        kind: CODE,
        path: "codes",
        key: &["list", "code"],
        title: "name",
        fields: &[
            needed("list", Sort::Word { words: "list", known: CODE_LISTS }),
            needed("code", Sort::Line),
            needed("name", Sort::Local),
        ],
        filters: &["list"],
        sorts: &["code", "name"],
    },
    Book {
        kind: kind::CUSTOMER,
        path: "customers",
        key: &["number"],
        title: "name",
        fields: &[
            field("number", Sort::Line),
            needed("name", Sort::Line),
            field("class", Sort::CodeOf("customer_class")),
            field("address", Sort::Lines),
            field("phone", Sort::Line),
            aside("email", Sort::Mail),
            aside("tax_number", Sort::Line),
            field("language", Sort::Language),
            aside("currency", Sort::Currency),
        ],
        filters: &["class", "language"],
        sorts: &["name", "number"],
    },
    Book {
        kind: kind::CONTACT,
        path: "contacts",
        key: &["customer", "name"],
        title: "name",
        fields: &[
            needed("customer", Sort::Ref(kind::CUSTOMER)),
            needed("name", Sort::Line),
            field("position", Sort::Line),
            field("phone", Sort::Line),
            field("email", Sort::Mail),
        ],
        filters: &["customer"],
        sorts: &["name", "customer"],
    },
    Book {
        kind: kind::SITE,
        path: "sites",
        key: &["customer", "name"],
        title: "name",
        fields: &[
            needed("customer", Sort::Ref(kind::CUSTOMER)),
            needed("name", Sort::Line),
            field("address", Sort::Lines),
        ],
        filters: &["customer"],
        sorts: &["name", "customer"],
    },
    Book {
        kind: kind::PART,
        path: "parts",
        key: &["code"],
        title: "code",
        fields: &[
            needed("code", Sort::Line),
            needed("name", Sort::Local),
            field("group", Sort::Word { words: "part_group", known: PART_GROUPS }),
            field("unit", Sort::Line),
            needed("price", Sort::Money),
            TAX,
            aside("wear", Sort::Flag),
        ],
        filters: &["group"],
        sorts: &["code", "name", "price"],
    },
    Book {
        kind: PRICE,
        path: "prices",
        key: &["list", "part"],
        title: "list",
        fields: &[
            needed("list", Sort::Currency),
            needed("part", Sort::Ref(kind::PART)),
            needed("price", Sort::Money),
            TAX,
        ],
        filters: &["list", "part"],
        sorts: &["list", "part"],
    },
    Book {
        kind: kind::MODEL,
        path: "models",
        key: &["code"],
        title: "name",
        fields: &[
            field("code", Sort::Line),
            needed("name", Sort::Local),
            field("meter_unit", Sort::Line),
            field("form", Sort::Form),
            aside("wear_parts", Sort::PartCodes),
        ],
        filters: &[],
        sorts: &["name", "code"],
    },
    Book {
        kind: kind::MACHINE,
        path: "machines",
        key: &["serial"],
        title: "serial",
        fields: &[
            needed("serial", Sort::Line),
            needed("model", Sort::Ref(kind::MODEL)),
            needed("customer", Sort::Ref(kind::CUSTOMER)),
            field("site", Sort::Ref(kind::SITE)),
            aside("place", Sort::Line),
            aside("installed", Sort::Day),
            field("warranty_until", Sort::Day),
            field("contract", Sort::Line),
            field("meter", Sort::Decimal),
            aside("software", Sort::Line),
        ],
        filters: &["customer", "model", "site"],
        sorts: &["serial", "model", "customer", "site", "warranty_until", "contract", "meter"],
    },
    Book {
        kind: DEPOT,
        path: "depots",
        key: &["name"],
        title: "name",
        fields: &[
            needed("name", Sort::Line),
            field("branch", Sort::Ref(kind::BRANCH)),
            field("person", Sort::Ref(kind::PERSON)),
        ],
        filters: &["branch"],
        sorts: &["name", "branch", "person"],
    },
];

/// The company's own settings: one record, edited on a page of its own and never imported.
pub(crate) const COMPANY: Book = Book {
    kind: kind::COMPANY,
    path: "company",
    key: &[],
    title: "name",
    fields: &[
        needed("name", Sort::Line),
        field("address", Sort::Lines),
        field("phone", Sort::Line),
        field("email", Sort::Mail),
        field("tax_label", Sort::Line),
        field("tax_number", Sort::Line),
        TAX,
        needed("currency", Sort::Currency),
        needed("zone", Sort::Zone),
    ],
    filters: &[],
    sorts: &[],
};

/// The book with this word in addresses and on the command line.
pub fn book(path: &str) -> Option<&'static Book> {
    BOOKS.iter().find(|book| book.path == path)
}

/// The book of a kind of records.
pub fn book_of_kind(kind: &str) -> Option<&'static Book> {
    BOOKS.iter().find(|book| book.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_model::entity::Role;

    #[test]
    fn the_table_agrees_with_itself_and_with_the_model() {
        for book in BOOKS {
            for name in book.key.iter().chain(book.filters).chain(book.sorts).chain([&book.title]) {
                assert!(book.field(name).is_some(), "{} {name}", book.path);
            }
        }
        let roles: Vec<&str> = Role::KNOWN.iter().map(Role::as_str).collect();
        assert_eq!(ROLES, roles);
    }
}
