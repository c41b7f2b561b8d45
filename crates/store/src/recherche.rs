//! Free text and pages of lists, the same for every list.

use forprev_domain::regles::doublons::forme_normale;

use crate::db::{Row, Sql};
use crate::{StoreError, Tx};

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pagination {
    limite: u16,
    debut: u32,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Liste<T> {
    /// What is on the page.
    pub elements: Vec<T>,
    /// How many there are on all pages.
    pub total: i64,
    /// The cursor of the next page, if there is one.
    pub suivant: Option<String>,
}

impl Pagination {
    /// As many as a page may hold.
    pub const MAXIMUM: u16 = 100;

    /// Returns the page after a cursor; `None` when the cursor is none of ours. The limit is
    /// brought between 1 and 100.
    #[must_use]
    pub fn new(limite: u16, apres: Option<&str>) -> Option<Self> {
        let debut = match apres {
            None => 0,
            Some(cursor) => u32::from_str_radix(cursor.strip_prefix('p')?, 36).ok()?,
        };
        Some(Self { limite: limite.clamp(1, Self::MAXIMUM), debut })
    }

    /// Returns the part after a cursor of a list that is written into a file: far more at once than a
    /// page holds, since each part counts and sorts the whole list again.
    #[must_use]
    pub fn fichier(apres: Option<&str>) -> Option<Self> {
        Self::new(Self::MAXIMUM, apres).map(|page| Self { limite: 10_000, ..page })
    }

    /// Returns the page with this number, counted from 1.
    #[must_use]
    pub fn page(limite: u16, numero: u32) -> Self {
        let limite = limite.clamp(1, Self::MAXIMUM);
        Self { limite, debut: numero.saturating_sub(1).saturating_mul(u32::from(limite)) }
    }

    /// Returns the first page.
    #[must_use]
    pub fn premiere(limite: u16) -> Self {
        Self { limite: limite.clamp(1, Self::MAXIMUM), debut: 0 }
    }
}

impl<T> Liste<T> {
    /// The same page with each element changed.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Liste<U> {
        let elements = self.elements.into_iter().map(f).collect();
        Liste { elements, total: self.total, suivant: self.suivant }
    }
}

/// Runs `SELECT columns corps ORDER BY ordre` for one page, with the count of all.
///
/// `corps` starts with `FROM`.
pub(crate) fn page<T>(
    tx: &mut Tx<'_>,
    columns: &str,
    corps: &Sql,
    ordre: &str,
    pagination: Pagination,
    read: impl FnMut(&Row) -> Result<T, StoreError>,
) -> Result<Liste<T>, StoreError> {
    let count = format!("SELECT count(*) AS total {}", corps.text());
    let total: i64 = tx.query_one(&count, corps.values())?.get("total")?;
    let select = format!(
        "SELECT {columns} {} ORDER BY {ordre} LIMIT {} OFFSET {}",
        corps.text(),
        pagination.limite,
        pagination.debut
    );
    let rows = tx.query(&select, corps.values())?;
    let elements = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let fin = pagination.debut.saturating_add(u32::from(pagination.limite));
    let suivant = (i64::from(fin) < total).then(|| format!("p{}", base_36(fin)));
    Ok(Liste { elements, total, suivant })
}

fn base_36(mut n: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.extend(char::from_digit(n % 36, 36));
        n /= 36;
        if n == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

/// The text in which rows are searched: words in the normal form of names.
pub(crate) fn texte_de_recherche<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().map(forme_normale).collect::<Vec<_>>().join(" ")
}

/// The patterns that each word typed must match, somewhere.
pub(crate) fn motifs(tape: &str) -> Vec<String> {
    let mut forme = forme_normale(tape);
    if forme.is_empty() {
        // Only signs: looked for as they are, and not found, rather than left out.
        forme = tape.trim().chars().filter(|c| !c.is_control()).collect();
    }
    forme
        .split_whitespace()
        .map(|mot| {
            let mut motif = String::from("%");
            for c in mot.chars() {
                if matches!(c, '%' | '_' | '\\') {
                    motif.push('\\');
                }
                motif.push(c);
            }
            motif.push('%');
            motif
        })
        .collect()
}
