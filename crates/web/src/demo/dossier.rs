//! The folder of a demonstration: new at each start, gone at the end.

use std::io;
use std::path::{Path, PathBuf};

use crate::security;

/// A folder that only its owner reads, removed with all that is in it when this is dropped.
#[derive(Debug)]
pub struct Dossier(PathBuf);

impl Dossier {
    /// Makes a folder that was not there before.
    ///
    /// # Errors
    /// When the system gives neither randomness nor room.
    pub fn nouveau() -> io::Result<Self> {
        let secret = security::secret().map_err(|cause| io::Error::other(cause.to_string()))?;
        let chemin = std::env::temp_dir().join(format!("forprev-demo-{}", &secret[..12]));
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&chemin)?;
        Ok(Self(chemin))
    }

    /// Where it is.
    #[must_use]
    pub fn chemin(&self) -> &Path {
        &self.0
    }
}

impl Drop for Dossier {
    fn drop(&mut self) {
        // The system empties its temporary folder one day, should this fail.
        drop(std::fs::remove_dir_all(&self.0));
    }
}
