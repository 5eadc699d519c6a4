//! The console's addresses with what answers them. Beside the router they are a list of the pages, so that whoever looks
//! at every page (the measurement, a test) cannot forget a new one.

use axum::Router;
use axum::routing::MethodRouter;

use super::desk::Console;

/// What answers at an address.
pub(crate) struct Answers {
    methods: MethodRouter<Console>,
    is_page: bool,
}

impl Answers {
    /// Something to look at.
    pub fn page(methods: MethodRouter<Console>) -> Answers {
        Answers { methods, is_page: true }
    }

    /// Something to do.
    pub fn order(methods: MethodRouter<Console>) -> Answers {
        Answers { methods, is_page: false }
    }

    /// The same as a file to take away instead of something to look at.
    pub fn into_file(self) -> Answers {
        Answers { is_page: false, ..self }
    }

    /// Both at one address.
    pub fn merge(self, other: Answers) -> Answers {
        Answers { methods: self.methods.merge(other.methods), is_page: self.is_page || other.is_page }
    }
}

/// Addresses with their answers.
#[derive(Default)]
pub(crate) struct Routes {
    router: Router<Console>,
    pages: Vec<String>,
}

impl Routes {
    pub fn new() -> Routes {
        Routes::default()
    }

    /// Adds an address.
    pub fn route(mut self, path: &str, answers: Answers) -> Routes {
        if answers.is_page {
            self.pages.push(path.to_owned());
        }
        Routes { router: self.router.route(path, answers.methods), pages: self.pages }
    }

    /// Adds the addresses of another part of the console.
    pub fn merge(mut self, other: Routes) -> Routes {
        self.pages.extend(other.pages);
        Routes { router: self.router.merge(other.router), pages: self.pages }
    }

    /// The router of all of them.
    pub fn into_router(self) -> Router<Console> {
        self.router
    }

    /// The addresses of pages as the router has them: a part in braces stands for an id or a word.
    pub fn into_pages(self) -> Vec<String> {
        self.pages
    }
}
