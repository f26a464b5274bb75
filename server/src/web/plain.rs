//! Stand-in for `app::pages` until they are there.
#![expect(missing_docs, reason = "gone as soon as the pages are there")]
macro_rules! page { ($name:ident, $model:ty) => {
    pub mod $name { pub fn render(page: &app::model::PageContext, model: &$model) -> String {
        let text = format!("{model:?}").replace('&', "&amp;").replace('<', "&lt;");
        format!("<!doctype html><html lang=\"{}\"><title>{}</title><pre>{text}</pre>", page.lang.tag(), stringify!($name))
    } }
} }
page!(home, app::model::HomePage); page!(data, app::model::DataPage); page!(list, app::model::ListPage);
page!(directories, app::model::DirectoryIndexPage); page!(directory, app::model::DirectoryPage);
page!(system, app::model::SystemPage); page!(gone, app::model::GonePage); page!(product, app::model::ProductPage);
page!(enterprise, app::model::EnterprisePage); page!(standard, app::model::StandardPage);
page!(notice, app::model::NoticePage); page!(error, app::model::ErrorPage);
pub mod about { pub fn render(page: &app::model::PageContext, t: app::model::AboutTopic) -> String { format!("<!doctype html><html lang=\"{}\"><title>about</title>{t:?}", page.lang.tag()) } }
