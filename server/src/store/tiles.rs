//! The Merkle tree over the log's entries, kept as tiles of the view: a row for each tile of hashes,
//! the partial ones as they stand. The entries' own bytes stay in the log.

use register::merkle::{self, Hash};
use register::tlog::{self, Builder, HASH_BYTES, TILE_WIDTH, TileError, TilePath, TileRow, Tiles};
use rusqlite::{Connection, OptionalExtension, params};

use super::view::column;
use super::{Reader, Result, StoreError};

/// The tree of a view that grows.
pub(super) struct Tree {
    builder: Builder,
    put: String,
}

impl Tree {
    /// The tree as the view in `schema` holds it.
    pub(super) fn load(conn: &Connection, schema: &str, size: u64) -> Result<Tree> {
        let mut tails = Vec::new();
        for level in 0u8..8 {
            let nodes = size >> (8 * u32::from(level));
            let tail = match nodes % TILE_WIDTH {
                0 => None,
                _ => row(conn, schema, level, nodes / TILE_WIDTH)?,
            };
            tails.push(tail.unwrap_or_default());
        }
        let builder = Builder::resume(size, &tails).ok_or_else(|| {
            StoreError::Damaged(
                "the view's Merkle tree is not that of its log; run `liangbiao rebuild`".to_owned(),
            )
        })?;
        let put = format!(
            "INSERT INTO {schema}.view_tiles (level, tile, hashes) VALUES (?1, ?2, ?3)
             ON CONFLICT (level, tile) DO UPDATE SET hashes = excluded.hashes"
        );
        Ok(Tree { builder, put })
    }

    /// Adds the next entry, in the form the log holds it.
    pub(super) fn push(&mut self, conn: &Connection, text: &str) -> Result<()> {
        let mut completed = Vec::new();
        self.builder.push(merkle::leaf_hash(text.as_bytes()), &mut |tile| completed.push(tile));
        completed.into_iter().try_for_each(|tile| self.put(conn, tile))
    }

    /// Writes the partial tiles.
    pub(super) fn store(&self, conn: &Connection) -> Result<()> {
        self.builder.partial().try_for_each(|tile| self.put(conn, tile))
    }

    fn put(&self, conn: &Connection, tile: tlog::Grown) -> Result<()> {
        let TileRow::Level(level) = tile.path.row else { return Ok(()) };
        conn.prepare_cached(&self.put)?.execute(params![
            level,
            column(tile.path.index),
            tile.bytes
        ])?;
        Ok(())
    }
}

pub(super) fn row(
    conn: &Connection,
    schema: &str,
    level: u8,
    tile: u64,
) -> Result<Option<Vec<u8>>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT hashes FROM {schema}.view_tiles WHERE level = ?1 AND tile = ?2"
    ))?;
    Ok(statement.query_row(params![level, column(tile)], |row| row.get(0)).optional()?)
}

/// The tree of the first `size` entries, for proofs.
type TreeAt<'r> = Tiles<Box<dyn FnMut(TilePath) -> Result<Vec<u8>> + 'r>>;

/// What a proof says when a tile lacks: the view is not what its head says.
fn damaged(error: TileError<StoreError>) -> StoreError {
    match error {
        TileError::Fetch(error) => error,
        error @ TileError::Size { .. } => StoreError::Damaged(format!(
            "the view's Merkle tree is damaged ({error}); run `liangbiao rebuild`"
        )),
    }
}

impl Reader {
    /// A tile of hashes or a bundle of entries, cut to the width asked for; `None` beyond the log's end.
    ///
    /// # Errors
    /// The database's; the view or an entry is damaged.
    pub fn tile(&self, path: TilePath) -> Result<Option<Vec<u8>>> {
        if !path.exists_at(self.log_size()?) {
            return Ok(None);
        }
        let width = usize::from(path.width);
        match path.row {
            TileRow::Level(level) => {
                let Some(mut hashes) = row(&self.conn, "main", level, path.index)? else {
                    return Ok(None);
                };
                // A tile fills up later; its beginning never changes.
                hashes.truncate(width * HASH_BYTES);
                Ok(Some(hashes))
            }
            TileRow::Entries => {
                let first = path.index * TILE_WIDTH;
                let texts = self.texts(first, width)?;
                if texts.len() != width {
                    return Ok(None);
                }
                tlog::bundle(&texts).map(Some).ok_or_else(|| {
                    StoreError::Damaged(format!("an entry from {first} on is larger than 64 KiB"))
                })
            }
        }
    }

    /// The canonical bytes of entries as they are hashed, from `first` on.
    ///
    /// # Errors
    /// The database's.
    pub fn texts(&self, first: u64, limit: usize) -> Result<Vec<String>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT entry FROM entries WHERE seq >= ?1 ORDER BY seq LIMIT ?2")?;
        let rows = statement
            .query_map(params![column(first), i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
                row.get(0)
            })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The RFC 6962 root over the first `size` entries.
    ///
    /// # Errors
    /// The database's; the view is damaged.
    pub fn root(&self, size: u64) -> Result<Hash> {
        merkle::root_of(size, &mut self.tree(size)).map_err(damaged)
    }

    /// The hashes that prove entry `seq` in the log of `size` entries; `None` outside it.
    ///
    /// # Errors
    /// The database's; the view is damaged.
    pub fn inclusion(&self, seq: u64, size: u64) -> Result<Option<Vec<Hash>>> {
        merkle::inclusion(seq, size, &mut self.tree(size)).map_err(damaged)
    }

    /// The hashes that prove that the log of `new` entries goes on from that of `old`.
    ///
    /// # Errors
    /// The database's; the view is damaged.
    pub fn consistency(&self, old: u64, new: u64) -> Result<Option<Vec<Hash>>> {
        merkle::consistency(old, new, &mut self.tree(new)).map_err(damaged)
    }

    fn tree(&self, size: u64) -> TreeAt<'_> {
        Tiles::new(
            size,
            Box::new(move |path| {
                self.tile(path)?.ok_or_else(|| {
                    StoreError::Damaged(format!(
                        "{path} of the view's Merkle tree is missing; run `liangbiao rebuild`"
                    ))
                })
            }),
        )
    }
}
