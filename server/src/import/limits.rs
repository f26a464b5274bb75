//! Every limit of the import, in one place and in `docs/importing.md`.

/// Largest file as it lies on the disk, bytes.
pub const FILE_BYTES_MAX: u64 = 2 << 30;
/// Largest content of a `.gz`, bytes unpacked: a small file must not fill the machine.
pub const UNPACKED_BYTES_MAX: u64 = 8 << 30;
/// Largest workbook or JSON document, bytes unpacked: these two are held in memory whole.
pub const DOCUMENT_BYTES_MAX: u64 = 512 << 20;
/// Most cells of a sheet of a workbook, from its first to its last, empty ones included: they are held in memory, 32
/// bytes each.
pub const WORKBOOK_CELLS_MAX: u64 = 30_000_000;
/// Most rows of one file.
pub const ROWS_MAX: u64 = 5_000_000;
/// Most columns of a table.
pub const COLUMNS_MAX: usize = 2_000;
/// Longest line of a JSONL file and longest row of a CSV file, bytes.
pub const ROW_BYTES_MAX: usize = 4 << 20;
/// Largest mapping file, bytes.
pub const MAP_BYTES_MAX: u64 = 1 << 20;
/// Most records one row may yield.
pub const RECORDS_PER_ROW_MAX: usize = 20_000;
/// Rejections printed in the report; the rejects file and the JSON report hold them all.
pub const REJECTIONS_SHOWN: usize = 20;
/// Rows searched for a header when no mapping file says where it is.
pub const HEADER_SEARCH_ROWS: usize = 10;
