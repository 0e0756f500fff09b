//! What a `build.rs` says of user structs, read from its text.

use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ExprLit, ExprMethodCall, Lit};

use super::problem::CliProblem;
use crate::{Database, User, user};

/// One statement like `lucia_build::user("src/user.rs").sqlite()`.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) user: User,
    pub(super) databases: Vec<Database>,
}

/// All such statements, in order.
pub(super) fn read(file: &str, text: &str) -> Result<Vec<Statement>, CliProblem> {
    let parsed = syn::parse_file(text)
        .map_err(|error| CliProblem::BuildScript { file: file.to_owned(), error: error.to_string() })?;
    let mut finder = Finder { file, found: Vec::new(), problem: None };
    finder.visit_file(&parsed);
    finder.problem.map_or(Ok(finder.found), Err)
}

struct Finder<'a> {
    file: &'a str,
    found: Vec<Statement>,
    problem: Option<CliProblem>,
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let ends = call.method == "databases" || database(&call.method.to_string()).is_some();
        match chain(&call.receiver) {
            Some((root, steps)) if ends => match statement(call, root, &steps) {
                Some(statement) => self.found.push(statement),
                None => {
                    self.problem.get_or_insert_with(|| CliProblem::Statement { file: self.file.to_owned() });
                }
            },
            _ => visit::visit_expr_method_call(self, call),
        }
    }
}

fn database(name: &str) -> Option<Database> {
    Database::ALL.into_iter().find(|database| database.name() == name)
}

/// The databases of the call that ends a statement.
fn databases(call: &ExprMethodCall) -> Option<Vec<Database>> {
    match call.args.first() {
        Some(argument) => several(argument),
        None => Some(vec![database(&call.method.to_string())?]),
    }
}

/// `[Sqlite, Database::Postgres]`, with or without `&`, or `Database::ALL`.
fn several(argument: &Expr) -> Option<Vec<Database>> {
    match argument {
        Expr::Reference(reference) => several(&reference.expr),
        Expr::Array(array) => array.elems.iter().map(one).collect(),
        Expr::Path(_) if last(argument)? == "ALL" => Some(Database::ALL.to_vec()),
        _ => None,
    }
}

fn one(expression: &Expr) -> Option<Database> {
    database(&last(expression)?.to_lowercase())
}

/// The last name of a path.
fn last(expression: &Expr) -> Option<String> {
    let Expr::Path(path) = expression else { return None };
    path.path.segments.last().map(|segment| segment.ident.to_string())
}

/// The call of `user` that a chain of method calls begins with, and those methods.
fn chain(expression: &Expr) -> Option<(&ExprCall, Vec<&ExprMethodCall>)> {
    match expression {
        Expr::Call(call) if last(&call.func)? == "user" => Some((call, Vec::new())),
        Expr::MethodCall(step) => {
            let (root, mut steps) = chain(&step.receiver)?;
            steps.push(step);
            Some((root, steps))
        }
        _ => None,
    }
}

/// `None` when something in it is not a literal.
fn statement(end: &ExprMethodCall, root: &ExprCall, steps: &[&ExprMethodCall]) -> Option<Statement> {
    let mut user = user(text(root.args.first()?)?);
    for step in steps {
        let argument = step.args.first().and_then(text);
        user = match step.method.to_string().as_str() {
            "named" => user.named(argument?),
            "migrations" => user.migrations(argument?),
            _ => return None,
        };
    }
    Some(Statement { user, databases: databases(end)? })
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}
