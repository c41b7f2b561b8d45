//! Writes certificates of all kinds to a folder, to be looked at:
//! `cargo run -p forprev-pdf --example apercu -- FOLDER`.

use std::time::Instant;

use forprev_pdf::lire_logo;

#[path = "../src/exemple.rs"]
mod exemple;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "apercu".into());
    std::fs::create_dir_all(&folder)?;
    let variants = exemple::variantes();
    for (name, imprime) in &variants {
        let start = Instant::now();
        let bytes = forprev_pdf::certificat(imprime);
        println!("{name}: {} bytes, {:?}", bytes.len(), start.elapsed());
        std::fs::write(format!("{folder}/{name}.pdf"), bytes)?;
    }
    for (name, imprime) in &variants {
        std::fs::write(format!("{folder}/carte-{name}.pdf"), forprev_pdf::carte(imprime))?;
    }
    let all: Vec<_> = variants.into_iter().map(|(_, imprime)| imprime).collect();
    std::fs::write(format!("{folder}/cartes.pdf"), forprev_pdf::cartes(&all))?;
    std::fs::write(format!("{folder}/tous.pdf"), forprev_pdf::certificats(&all))
}
