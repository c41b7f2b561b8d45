//! The frame of every page: header, menus, breadcrumb, footer; and the components within it.

pub mod composants;
mod menu;
mod page;

pub use menu::{Entree, Menu, MenuDe};
pub use page::{Cadre, EnTete, Page, render};
