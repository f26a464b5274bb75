//! Every limit of the HTTP side, written down once (architecture invariant 8).
//!
//! A limit is answered, never silently cut: the status beside each says how.

use std::time::Duration;

/// Longest request target in bytes (path and query); longer is 414.
pub const URI_BYTES_MAX: usize = 8 * 1024;
/// Longest `q` in characters; longer is 400.
pub const QUERY_CHARS_MAX: usize = 200;
/// Most name–value pairs in a query string; more is 400.
pub const PAIRS_MAX: usize = 64;
/// Rows a page of a list shows unless `per_page` says otherwise.
pub const PER_PAGE_DEFAULT: usize = 24;
/// Most rows of one page (`per_page`); more is 400.
pub const PER_PAGE_MAX: usize = 100;
/// Values a facet shows on the page, in JSON all of them up to this many.
pub const FACET_VALUES_MAX: usize = 1_000;
/// Most rows of a CSV twin asked for whole; a longer result is refused (400) rather than cut unseen.
pub const CSV_ROWS_MAX: usize = 100_000;
/// Most rows of a catalogue that is sent to the browser as a shelf; a larger one is asked at the server.
pub const SHELF_ROWS_MAX: usize = 20_000;
/// Most records that are read for a page of the past (`as_of`, `known`); more is 400. Of 800,000
/// entries a list of 61,000 products takes a core some 7 seconds, all catalogues together some 15.
pub const PAST_RECORDS_MAX: usize = 500_000;
/// The same for the inconsistencies of the past, for which every enterprise is looked at.
pub const PAST_RECORDS_LOOKED_AT_MAX: usize = 60_000;
/// Indexes of the past kept at a time.
pub const PAST_INDEXES_MAX: usize = 4;
/// Rows of all of them; the longest unused go first, the latest stays whatever its size.
pub const PAST_ROWS_KEPT_MAX: usize = 300_000;
/// Requests that wait while another past is built; more are 503, so that they do not hold up other pages.
pub const PAST_WAITING_MAX: usize = 2;
/// How long they wait; then 503.
pub const PAST_WAIT: Duration = Duration::from_secs(15);
/// Most entries of one record's history shown on its page; `/changes` has all of them.
pub const HISTORY_MAX: usize = 20;
/// Most rows of one block (products of an enterprise, listings of a standard, …) on a record page;
/// the block links to the filtered list for the rest.
pub const BLOCK_ROWS_MAX: usize = 100;
/// Records a page of a recount shows; its CSV holds all of them.
pub const RECOUNT_PER_PAGE: usize = 100;
/// Records that a recount's JSON carries for counting again elsewhere; a formula that looks at more is counted
/// from the data of the register itself.
pub const RECOUNT_RECORDS_MAX: usize = 20_000;
/// Entries behind a page that are handed out with their proofs, so that a browser can check the page.
pub const CHECK_ENTRIES_MAX: usize = 64;
/// Records beside a page's own whose JSON is compared with their entries.
pub const CHECK_RECORDS_MAX: usize = 12;
/// Addresses in one part of the sitemap (the protocol allows 50,000).
pub const SITEMAP_URLS_MAX: usize = 20_000;
/// Memory for compressed bodies, in bytes; the longest unused go first.
pub const BODY_CACHE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Bytes of answers kept under the words of their requests; most bodies are those of the cache above.
pub const FRONT_CACHE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Memory for the pages that units of a batch share, in bytes; the longest unused go first.
pub const TEMPLATE_CACHE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// A body longer than this is sent but not kept.
pub const BODY_CACHED_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Most bytes of an uploaded photo; more is 413. The page says the same number in megabytes.
pub const PHOTO_BYTES_MAX: usize = app::pages::scan::PHOTO_MEGABYTES_MAX as usize * 1_000_000;
/// Most bytes of the request around it: the photo, and a form's own few lines.
pub const UPLOAD_BYTES_MAX: usize = PHOTO_BYTES_MAX + 64 * 1024;
/// Bytes of an upload that is too long which are still taken off the wire, unkept, so that the browser
/// gets to hear the answer; then the connection is closed.
pub const UPLOAD_BYTES_DRAINED: usize = 64 * 1024 * 1024;
/// Most pixels of a photo, by its head and before it is unpacked; more is 413. Phones make 12 million,
/// a few 24.
pub const PHOTO_PIXELS_MAX: u64 = 30_000_000;
/// Most bytes a photo may take unpacked, by its head; more is 413. Reading it takes up to three times as
/// many for a moment.
pub const PHOTO_MEMORY_MAX: u64 = 128 * 1024 * 1024;
/// Most lines of a list that is looked up at a time; more are 400. The browser has a limit of its own.
pub const LOOKUP_LINES_MAX: usize = 500;
/// Most kilobytes of such a list; more are 413.
pub const LOOKUP_KILOBYTES_MAX: usize = 64;
/// Most bytes of the request around it.
pub const LOOKUP_BYTES_MAX: usize = LOOKUP_KILOBYTES_MAX * 1_000 + 4 * 1024;
/// Most bytes of a form that notes a check; more is 400.
pub const NOTE_BYTES_MAX: usize = 256;
/// Notes of checks taken in a minute, all codes together; more are 503.
pub const NOTES_A_MINUTE_MAX: u32 = 120;
/// Most bytes of a form that reports an error; more is 413.
pub const CASE_BYTES_MAX: usize = 16 * 1024;
/// Most characters of its fields: what would be right, what shows it, name and contact; more are 422. A Chinese
/// character is nine bytes of such a form.
pub const CASE_CHARS_MAX: [usize; 3] = [500, 800, 100];
/// Seconds that reading and filling it in takes at least; less is asked again (422).
pub const CASE_FORM_SECONDS_MIN: i64 = 3;
/// Seconds it is good for; more is asked again (422).
pub const CASE_FORM_SECONDS_MAX: i64 = 24 * 60 * 60;
/// Open cases about one record; more are 503.
pub const CASES_OPEN_A_RECORD_MAX: u32 = 20;
/// Open cases in all; more are 503.
pub const CASES_OPEN_MAX: u32 = 5_000;
/// Cases a network (IPv4 /24, IPv6 /56) files about one record within [`CASES_WINDOW`]; more are 429.
pub const CASES_A_NETWORK_AND_RECORD_MAX: u32 = 5;
/// The same about all records.
pub const CASES_A_NETWORK_MAX: u32 = 60;
/// The time over which a network's share of cases fills up again.
pub const CASES_WINDOW: Duration = Duration::from_secs(60 * 60);
/// Most bytes of a form of the publishing desk, without files; more is 413.
pub const DESK_FORM_BYTES_MAX: usize = 256 * 1024;
/// Most megabytes of a list that is sent to the publishing desk; more is 422 with words. Larger ones go
/// through `liangbiao import`.
pub const DESK_FILE_MEGABYTES_MAX: u64 = 50;
/// Most bytes of the form around it; more is 413.
pub const DESK_UPLOAD_BYTES_MAX: usize = DESK_FILE_MEGABYTES_MAX as usize * 1_000_000 + 1024 * 1024;
/// Lists taken in at the same time, each held in memory while it comes; more are 503.
pub const DESK_UPLOADS_MAX: usize = 2;
/// Most characters of the reason a draft is sent back with; the rest is cut.
pub const DESK_NOTE_CHARS_MAX: usize = 500;
/// Most characters of what is said of a list's source: as many as a record of one may hold.
pub const DESK_SOURCE_CHARS_MAX: usize = 500;
/// Most characters of the answer to a case; the rest is cut.
pub const DESK_CASE_CHARS_MAX: usize = 2_000;
/// Passwords hashed at the same time, 19 MiB each; more wait, then 503.
pub const DESK_HASHES_MAX: usize = 2;
/// Uploads held in memory at the same time; more are 503.
pub const UPLOADS_MAX: usize = 24;
/// Photos read at the same time; more wait as pages do.
pub const DECODES_MAX: usize = 2;
/// How long a photo is looked at before the search ends with what was found.
pub const DECODE_TIME: Duration = Duration::from_secs(3);
/// How long an upload may take, answer included; then 503.
pub const UPLOAD_TIME: Duration = Duration::from_secs(120);
/// Model codes in a copy for use without a network; beyond it the latest stay. Each is judged as its page
/// would judge it, which takes about a millisecond.
pub const OFFLINE_CODES_MAX: usize = 20_000;
/// Pages rendered at the same time; more wait.
pub const RENDERS_MAX: usize = 8;
/// How long a request waits for its turn to be rendered; then 503 with `Retry-After`.
pub const RENDER_WAIT: Duration = Duration::from_secs(5);
/// How long a verdict waits for lists that are being brought forward to the log's head. It needs them for the
/// notices that may be about its product, which change no verdict; after this those of the position before are shown.
pub const VERDICT_LISTS_WAIT: Duration = Duration::from_millis(5);
/// Pages that wait for their turn; more are 503 at once. A code is never turned away for this.
pub const PAGES_WAITING_MAX: usize = 256;
/// Searches that wait for their turn; more are 503 at once.
pub const SEARCHES_WAITING_MAX: usize = 32;
/// How long they wait; then 503.
pub const SEARCH_WAIT: Duration = Duration::from_secs(1);
/// Exports that wait for their turn; more are 503 at once.
pub const EXPORTS_WAITING_MAX: usize = 8;
/// How long they wait; then 503.
pub const EXPORT_WAIT: Duration = Duration::from_secs(3);
/// Threads that render, read files and photos: all lanes full, and the readers of files besides.
pub const BLOCKING_THREADS_MAX: usize = 8 * RENDERS_MAX;
/// Further threads, which step back, for searches, exports and photos: more than their lanes let in.
pub const BEHIND_THREADS_MAX: usize = 4 * RENDERS_MAX;
/// How long one answer may take; then 503.
pub const ANSWER_TIME: Duration = Duration::from_secs(30);
/// Entries of the log in one answer; `Link` leads to the rest.
pub const ENTRIES_MAX: u64 = 2_000;
/// Bytes of entries after which an answer takes no more.
pub const ENTRIES_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How long a request waits for the files of `/data` to be written; then 503 with `Retry-After`.
pub const DOWNLOADS_WAIT: Duration = Duration::from_secs(20);
/// How long the page of downloads waits for them; then it does without.
pub const DOWNLOADS_PAGE_WAIT: Duration = Duration::from_secs(2);
/// Requests that wait for them at a time; more are 503.
pub const DOWNLOADS_WAITING_MAX: usize = 16;
/// Files that were written in less than this are written anew as soon as the log is longer.
pub const DOWNLOADS_QUICK: Duration = Duration::from_secs(2);
/// After other files were written, newer ones wait this many times as long as that took.
pub const DOWNLOADS_REST: u32 = 19;
/// Log sizes whose files are kept, all of today.
pub const DOWNLOAD_SETS_MAX: usize = 2;
/// Files that are not whole after this time were left behind by a portal that was stopped.
pub const DOWNLOAD_MAKING_TIME: Duration = Duration::from_secs(3 * 60 * 60);
/// Bytes of a file in memory at a time, for each download.
pub const DOWNLOAD_PIECE_BYTES: usize = 128 * 1024;
/// How long a client may take to send a request's head; then the connection is closed.
pub const HEAD_TIME: Duration = Duration::from_secs(10);
/// Most bytes of a request's head.
pub const HEAD_BYTES_MAX: usize = 32 * 1024;
/// Open connections; more wait in the kernel's queue.
pub const CONNECTIONS_MAX: usize = 1_024;
/// Connections of one network (IPv4 /24, IPv6 /56); more are closed at once. Neighbours, a proxy among them, are
/// not counted.
pub const CONNECTIONS_A_NETWORK_MAX: usize = 128;
/// While an answer waits to be taken, how often it is looked whether the client goes on taking it.
pub const TAKE_TIME: Duration = Duration::from_secs(20);
/// Bytes that it has to take in that time; a client that takes fewer is let go.
pub const TAKE_BYTES_MIN: usize = 8 * 1024;
/// How long the indexes may be behind the log before the portal says that it is not ready.
pub const STALE_TIME: Duration = Duration::from_secs(60);
/// How long open requests may take to end after a stop signal.
pub const STOP_TIME: Duration = Duration::from_secs(10);
/// Units a network has a minute for what is expensive (`quota`), unless the operator says otherwise; more are 429.
pub const UNITS_A_MINUTE: u32 = 3_000;
/// Units of a list or a record as data.
pub const UNITS_DATA: u32 = 1;
/// Units of a CSV.
pub const UNITS_CSV: u32 = 10;
/// Units of a list of another day.
pub const UNITS_PAST: u32 = 10;
/// Units of a list of changes, and of the log's entries.
pub const UNITS_CHANGES: u32 = 5;
/// Units of a file of the register.
pub const UNITS_FILE: u32 = 20;
/// Units of an uploaded photo.
pub const UNITS_PHOTO: u32 = 20;
/// Networks whose use is remembered, about 40 bytes each; of more, the newcomers are not counted.
pub const QUOTA_NETWORKS_MAX: usize = 65_536;
/// What `Retry-After` says, in seconds.
pub const RETRY_AFTER_S: u32 = 5;
/// New entries between two looks at the log up to which indexes are patched; more rebuilds them.
pub const OVERLAY_ENTRIES_MAX: usize = 2_000;
/// Entries up to which changes are sorted when they are first asked for; of more, when the portal starts.
pub const HISTORY_AT_ONCE_MAX: u64 = 50_000;
/// Log sizes whose changes are kept sorted, 40 bytes an entry each.
pub const HISTORIES_MAX: usize = 3;
/// Most rows of a CSV of changes; more is 400. Each reads two bodies.
pub const CHANGES_CSV_MAX: usize = 20_000;
/// Entries of a feed; older ones are found at `/changes`.
pub const FEED_ENTRIES: usize = 50;
/// Days before its end at which a term is in the feed of its enterprise.
pub const LAPSE_DAYS: u64 = 90;
