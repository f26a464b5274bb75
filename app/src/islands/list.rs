//! The list island: takes over at the first touch of a control, never hydrates.
//!
//! It reads the form as the reader left it, fetches the catalogue's shelf once (its hash is checked when it is
//! parsed), and from then on answers every filter, word, sort and page here; a catalogue too large for a shelf is
//! asked by its JSON twin instead. The address stays the only state.
//! Whatever fails before the first answer leaves the server's form as it was.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use register::Lang;
use search::shelf::Shelf;
use search::{Catalogue, CatalogueSpec, Query, Results};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, Window};

use crate::components::list as region;
use crate::model::{ListView, Place, view};

/// Takes the list over. Called by the boot script when the module is there.
pub fn start() {
    wasm_bindgen_futures::spawn_local(async {
        // Nothing to do when it fails: the form of the server goes on working.
        let _ = take_over().await;
    });
}

/// What does not change while the page is open, and what is shown now.
struct Island {
    window: Window,
    document: Document,
    split: Element,
    spec: &'static CatalogueSpec,
    /// None: the JSON twin is asked.
    shelf: Option<Shelf>,
    lang: Lang,
    path: String,
    day: String,
    /// The query shown.
    shown: RefCell<Query>,
    /// The last step was a key in the search field: the next one does not add to the history.
    typing: Cell<bool>,
    /// Number of the latest question: an answer to an older one is dropped.
    asked: Cell<u32>,
}

async fn take_over() -> Option<()> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let split = document.get_element_by_id("split")?;
    let catalogue = Catalogue::from_name(&split.get_attribute("data-catalogue")?)?;
    let spec = catalogue.spec();
    let shelf = match split.get_attribute("data-shelf") {
        Some(address) => {
            let answer = gloo_net::http::Request::get(&address).send().await.ok()?;
            if !answer.ok() {
                return None;
            }
            let shelf = Shelf::parse(&answer.binary().await.ok()?).ok()?;
            if shelf.spec().catalogue != catalogue {
                return None;
            }
            Some(shelf)
        }
        None => None,
    };
    let lang = match document.document_element()?.get_attribute("lang").as_deref() {
        Some("en") => Lang::En,
        Some("zh-Hant") => Lang::ZhHant,
        _ => Lang::ZhHans,
    };
    let path = split.get_attribute("data-path")?;
    let day = split.get_attribute("data-day").unwrap_or_default();
    let island = Island {
        shown: RefCell::new(Query::all(spec)),
        window,
        document,
        split,
        spec,
        shelf,
        lang,
        path,
        day,
        typing: Cell::new(false),
        asked: Cell::new(0),
    };
    let query = island.of_address()?;
    island.shown.replace(query);
    let island = Rc::new(island);
    island.listen();
    // What the reader did while this was on its way.
    let asked = island.of_form();
    if asked != *island.shown.borrow() {
        island.show(asked, true);
    }
    Some(())
}

impl Island {
    fn fixed(&self) -> Option<(&'static str, &str)> {
        self.path.strip_prefix("/directories/").map(|scheme| ("scheme", scheme))
    }

    /// The query of an address' `?…` part.
    fn parse(&self, search: &str) -> Option<Query> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for pair in search.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            pairs.push((decode(name)?, decode(value)?));
        }
        if let Some((name, value)) = self.fixed() {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        let query = Query::parse(self.spec, pairs).ok()?;
        // The shelf holds the present only.
        (query.as_of.is_none() && query.known.is_none()).then_some(query)
    }

    fn of_address(&self) -> Option<Query> {
        self.parse(&self.window.location().search().ok()?)
    }

    fn field(&self) -> Option<HtmlInputElement> {
        self.split.query_selector("#fq").ok()??.dyn_into().ok()
    }

    /// The query shown, with text and boxes as they stand in the form; on its first page.
    fn of_form(&self) -> Query {
        let mut query = self.shown.borrow().clone();
        let before = query.clone();
        let typed = self.field().map(|field| field.value()).unwrap_or_default();
        let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if typed != query.q {
            let mut pairs = vec![("q".to_owned(), typed.chars().take(200).collect::<String>())];
            pairs.extend(
                query
                    .to_pairs()
                    .into_iter()
                    .filter(|(n, _)| *n != "q")
                    .map(|(n, v)| (n.to_owned(), v)),
            );
            // Too many terms: the list stays as it is.
            if let Ok(parsed) = Query::parse(self.spec, pairs) {
                query = parsed;
            }
        }
        let spec = self.spec;
        let boxes = self.split.query_selector_all("#facets input[type=checkbox]").ok();
        let boxes: Vec<HtmlInputElement> = boxes
            .map(|list| (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).collect())
            .unwrap_or_default();
        for (facet, chosen) in spec.facets.iter().zip(&mut query.filters) {
            let here: Vec<&HtmlInputElement> =
                boxes.iter().filter(|b| b.name() == facet.name).collect();
            if here.is_empty() {
                continue;
            }
            // Chosen codes without a box (a facet that is not shown) stay.
            chosen.retain(|code| !here.iter().any(|b| b.value() == *code));
            chosen.extend(here.iter().filter(|b| b.checked()).map(|b| b.value()));
            chosen.sort();
            chosen.dedup();
        }
        if query != before {
            query.page = 1;
        }
        query
    }

    fn view(&self, query: &Query, results: &Results) -> ListView {
        let place = Place {
            lang: self.lang,
            path: &self.path,
            fixed: self.fixed(),
            day: &self.day,
            // Lists of a mirror are read page by page: what its links need is no part of this download.
            mirror: false,
        };
        view(&place, query, results)
    }

    /// Answers a query on the page; `push`: it is a new step of the history.
    fn show(self: &Rc<Island>, query: Query, push: bool) {
        let list = self.view(&query, &Results::default());
        let address = list.link(&list.pairs, list.page);
        let hash = self.window.location().hash().unwrap_or_default();
        if push && let Ok(history) = self.window.history() {
            let address = format!("{address}{hash}");
            let null = wasm_bindgen::JsValue::NULL;
            let _ = if self.typing.get() {
                history.replace_state_with_url(&null, "", Some(&address))
            } else {
                history.push_state_with_url(&null, "", Some(&address))
            };
        }
        self.shown.replace(query.clone());
        self.asked.set(self.asked.get().wrapping_add(1));
        if let Some(shelf) = &self.shelf {
            self.render(&self.view(&query, &shelf.search(&query)), &address);
            return;
        }
        let island = Rc::clone(self);
        let asked = self.asked.get();
        wasm_bindgen_futures::spawn_local(async move {
            let (path, search) = address.split_once('?').unwrap_or((&address, ""));
            let answer = async {
                let answer = gloo_net::http::Request::get(&format!("{path}.json?{search}"))
                    .send()
                    .await
                    .ok()?;
                if !answer.ok() {
                    return None;
                }
                super::api::results(island.spec, &answer.text().await.ok()?)
            };
            let found = answer.await;
            if island.asked.get() != asked {
                return;
            }
            match found {
                Some(found) => island.render(&island.view(&query, &found), &address),
                // The server's own page says what is wrong.
                None => {
                    let _ = island.window.location().assign(&address);
                }
            }
        });
    }

    fn render(&self, list: &ListView, address: &str) {
        let focus = self.focused();
        let open = self.open_folds();
        for (id, html) in [("facets", region::facets(list)), ("list", region::rows(list))] {
            if let Some(place) = self.document.get_element_by_id(id) {
                place.set_inner_html(&html);
            }
        }
        self.unfold(&open);
        if let Some(field) = self.field() {
            let _ = field.set_attribute("value", &list.q);
            let same = field.value().split_whitespace().eq(list.q.split_whitespace());
            // What is being typed is never replaced under the reader's hands.
            if !same && !self.typing.get() {
                field.set_value(&list.q);
            }
        }
        self.refocus(focus);
        if let Some(said) = self.document.get_element_by_id("said") {
            said.set_text_content(Some(&region::announcement(list)));
        }
        self.masthead(address);
    }

    /// The links to the other languages and size stand for what is shown now.
    fn masthead(&self, address: &str) {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let query: Vec<&str> =
            query.split('&').filter(|pair| !pair.is_empty() && *pair != "size=large").collect();
        let Ok(links) = self.document.query_selector_all(".tools a") else { return };
        for link in (0..links.length()).filter_map(|i| links.item(i)?.dyn_into::<Element>().ok()) {
            let Some(old) = link.get_attribute("href") else { continue };
            let (path, rest) = old.split_once('?').unwrap_or((&old, ""));
            let mut pairs = query.clone();
            if rest.split('&').any(|pair| pair == "size=large") {
                pairs.push("size=large");
            }
            let mark = if pairs.is_empty() { "" } else { "?" };
            let _ = link.set_attribute("href", &format!("{path}{mark}{}", pairs.join("&")));
        }
    }

    /// Where the focus is, as a selector that finds it again in the next answer.
    fn focused(&self) -> Option<String> {
        let active = self.document.active_element()?;
        if !self.split.contains(Some(&active)) {
            return None;
        }
        let name = active.get_attribute("name").unwrap_or_default();
        match active.get_attribute("type").as_deref() {
            Some("checkbox") => {
                let value =
                    active.get_attribute("value")?.replace('\\', "\\\\").replace('"', "\\\"");
                Some(format!("#facets input[name=\"{name}\"][value=\"{value}\"]"))
            }
            _ if active.id() == "sort" => Some("#sort".to_owned()),
            _ if active.closest("#list").ok().flatten().is_some() => Some("#list".to_owned()),
            _ => None,
        }
    }

    fn refocus(&self, selector: Option<String>) {
        let Some(found) = selector.and_then(|s| self.split.query_selector(&s).ok().flatten())
        else {
            return;
        };
        // A value may have gone behind the fold with the new counts.
        if let Ok(Some(fold)) = found.closest("details") {
            let _ = fold.set_attribute("open", "");
        }
        if let Ok(found) = found.dyn_into::<HtmlElement>() {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = found.focus_with_options(&options);
        }
    }

    /// Names of the facets whose rest is unfolded.
    fn open_folds(&self) -> Vec<String> {
        let Ok(folds) = self.split.query_selector_all("#facets details[open] input") else {
            return Vec::new();
        };
        let mut names: Vec<String> = (0..folds.length())
            .filter_map(|i| folds.item(i)?.dyn_into::<Element>().ok()?.get_attribute("name"))
            .collect();
        names.dedup();
        names
    }

    fn unfold(&self, names: &[String]) {
        for name in names {
            let selector = format!("#facets details input[name=\"{name}\"]");
            if let Ok(Some(one)) = self.split.query_selector(&selector)
                && let Ok(Some(fold)) = one.closest("details")
            {
                let _ = fold.set_attribute("open", "");
            }
        }
    }

    fn listen(self: &Rc<Island>) {
        self.on(&self.split, "input", |island, event| {
            if target(event).is_some_and(|t| t.id() == "fq") {
                let query = island.of_form();
                if query != *island.shown.borrow() {
                    island.show(query, true);
                    island.typing.set(true);
                }
            }
        });
        self.on(&self.split, "change", |island, event| {
            let Some(element) = target(event) else { return };
            if let Some(sort) = element.dyn_ref::<HtmlSelectElement>() {
                island.sort(&sort.value());
            } else if element.get_attribute("type").as_deref() == Some("checkbox") {
                island.typing.set(false);
                island.show(island.of_form(), true);
            }
        });
        self.on(&self.split, "submit", |island, event| {
            let Some(form) = target(event) else { return };
            if form.id() == "filter" {
                event.prevent_default();
                let query = island.of_form();
                if query != *island.shown.borrow() {
                    island.typing.set(false);
                    island.show(query, true);
                }
                // On a phone the filters close over the list.
                if island.window.location().hash().is_ok_and(|hash| hash == "#filter") {
                    let _ = island.window.location().set_hash("list");
                }
            } else if let Ok(Some(sort)) = form.query_selector("#sort") {
                event.prevent_default();
                if let Ok(sort) = sort.dyn_into::<HtmlSelectElement>() {
                    island.sort(&sort.value());
                }
            }
        });
        self.on(&self.split, "click", |island, event| {
            let Some(mouse) = event.dyn_ref::<web_sys::MouseEvent>() else { return };
            if mouse.button() != 0
                || mouse.ctrl_key()
                || mouse.meta_key()
                || mouse.shift_key()
                || mouse.alt_key()
            {
                return;
            }
            let link = target(event).and_then(|t| t.closest(".tags a, .pages a").ok().flatten());
            let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
            let search = href.split_once('?').map_or("", |(_, search)| search);
            let Some(query) = island.parse(search) else { return };
            event.prevent_default();
            island.typing.set(false);
            let turned = query.page != island.shown.borrow().page;
            island.show(query, true);
            if turned && let Some(list) = island.document.get_element_by_id("list") {
                list.scroll_into_view();
            }
            island.refocus(Some("#list".to_owned()));
        });
        let window = self.window.clone();
        self.on(&window, "popstate", |island, _| {
            island.typing.set(false);
            match island.of_address() {
                Some(query) if query == *island.shown.borrow() => {}
                Some(query) => island.show(query, false),
                None => {
                    let _ = island.window.location().reload();
                }
            }
        });
    }

    fn sort(self: &Rc<Island>, name: &str) {
        let mut query = self.shown.borrow().clone();
        query.sort = self.spec.sort(name);
        query.page = 1;
        if query != *self.shown.borrow() {
            self.typing.set(false);
            self.show(query, true);
        }
    }

    fn on(
        self: &Rc<Island>,
        place: &web_sys::EventTarget,
        event: &str,
        act: impl Fn(&Rc<Island>, &Event) + 'static,
    ) {
        let island = Rc::clone(self);
        let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| act(&island, &event));
        let _ = place.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        // The listeners live as long as the page.
        listener.forget();
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Percent-decoding of a form field (`+` is a space).
fn decode(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    js_sys::decode_uri_component(&spaced).ok().map(String::from)
}
