//! Formateurs known before: persons with qualifications issued elsewhere.

pub mod api;
pub mod page;
