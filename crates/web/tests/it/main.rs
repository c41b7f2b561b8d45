//! The one integration binary: the program in process, called by actors.

mod app;
mod cadre;
