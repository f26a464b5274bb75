//! Writes every page, made from fictional models, into a folder, to be looked at in a browser:
//! `cargo run -p app --example preview -- FOLDER`.

mod models;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/preview".to_owned());
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::copy(root.join("style/liangbiao.css"), folder.join("liangbiao.css"))?;
    std::fs::copy(root.join("public/mark.svg"), folder.join("mark.svg"))?;
    for lang in register::Lang::ALL {
        for large in [false, true] {
            for (name, html) in models::every_page(lang, large, models::Maker { x: "" }) {
                // Opened from the disk, the absolute addresses of the assets would lead nowhere.
                let html = html
                    .replace("\"/liangbiao.css\"", "\"liangbiao.css\"")
                    .replace("\"/mark.svg\"", "\"mark.svg\"");
                let size = if large { "-large" } else { "" };
                std::fs::write(folder.join(format!("{name}-{}{size}.html", lang.tag())), html)?;
            }
        }
    }
    let base = std::fs::read_to_string(root.join("style/base.css"))?;
    let verify = std::fs::read_to_string(root.join("style/verify.css"))?;
    let style = format!("<style>{base}{verify}</style>");
    for lang in register::Lang::ALL {
        for (look, html) in models::every_verdict(lang, models::Maker { x: "" }) {
            // A page of the portal holds its style; these models hold none.
            let html = html.replacen("<style></style>", &style, 1);
            std::fs::write(folder.join(format!("verdict-{look:?}-{}.html", lang.tag())), html)?;
        }
    }
    println!("{}", folder.display());
    Ok(())
}
