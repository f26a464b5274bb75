//! What a disk does not do, told to a person: what happened, what it means for the register, what to do.

use register::Lang;
use rusqlite::ErrorCode;

/// Why a disk does not take or give what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskTrouble {
    /// No space, or no more of what the account may use.
    Full,
    /// File, folder or disk may only be read.
    ReadOnly,
    /// It fails.
    Failing,
}

impl DiskTrouble {
    /// Two sentences for whoever can do something about it.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        let words = match self {
            DiskTrouble::Full => [
                "磁盘已满，什么也没有发布。请腾出空间，再试一次。",
                "磁碟已滿，什麼也沒有發布。請騰出空間，再試一次。",
                "The disk is full and nothing was published. Free some space and try again.",
            ],
            DiskTrouble::ReadOnly => [
                "登记簿的文件或文件夹只能读，什么也没有发布。请让运行本程序的账户可以写入，再试一次。",
                "登記簿的檔案或資料夾只能讀，什麼也沒有發布。請讓執行本程式的帳戶可以寫入，再試一次。",
                "The register’s file or folder can only be read and nothing was published. Let the account that runs this program write there, and try again.",
            ],
            DiskTrouble::Failing => [
                "磁盘读写出错，没有确认任何发布。请先查看系统对这块磁盘的记录，运行 liangbiao check，再试一次；已经写入的不会重复写入。",
                "磁碟讀寫出錯，沒有確認任何發布。請先查看系統對這塊磁碟的紀錄，執行 liangbiao check，再試一次；已經寫入的不會重複寫入。",
                "The disk failed and nothing was acknowledged. See what the system says of that disk, run liangbiao check, and try again; what is in already is not written twice.",
            ],
        };
        match lang {
            Lang::ZhHans => words[0],
            Lang::ZhHant => words[1],
            Lang::En => words[2],
        }
    }
}

/// What an error of the database says of the disk.
pub(super) fn of_database(error: &rusqlite::Error) -> Option<DiskTrouble> {
    match error.sqlite_error_code()? {
        ErrorCode::DiskFull => Some(DiskTrouble::Full),
        ErrorCode::ReadOnly => Some(DiskTrouble::ReadOnly),
        ErrorCode::SystemIoFailure => Some(DiskTrouble::Failing),
        _ => None,
    }
}

/// What an error of the system says of the disk.
pub(super) fn of_system(error: &std::io::Error) -> Option<DiskTrouble> {
    use std::io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    /// `EIO` of POSIX, for which Rust has no name; the number is the same wherever this runs on Unix.
    const EIO: i32 = 5;
    match error.kind() {
        StorageFull | QuotaExceeded => Some(DiskTrouble::Full),
        ReadOnlyFilesystem | PermissionDenied => Some(DiskTrouble::ReadOnly),
        _ if cfg!(unix) && error.raw_os_error() == Some(EIO) => Some(DiskTrouble::Failing),
        _ => None,
    }
}

/// An error in words: what to do where a disk is to blame, else what was met.
pub(super) fn told(trouble: Option<DiskTrouble>, met: &dyn std::fmt::Display) -> String {
    match trouble {
        Some(trouble) => format!("{} ({met})", trouble.words(Lang::En)),
        None => met.to_string(),
    }
}

/// An error at a file, in words: which one, and what to do where the disk is to blame.
#[must_use]
pub fn told_of_file(path: &std::path::Path, error: &std::io::Error) -> String {
    told(of_system(error), &format_args!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreError;

    #[test]
    fn a_disk_that_is_full_failing_or_read_only_is_told_from_other_errors() {
        let of = |code: i32| {
            let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            StoreError::from(error)
        };
        // SQLITE_FULL, SQLITE_READONLY, SQLITE_IOERR_FSYNC, SQLITE_CONSTRAINT of SQLite's list of result codes.
        let cases = [
            (13, Some(DiskTrouble::Full)),
            (8, Some(DiskTrouble::ReadOnly)),
            (1034, Some(DiskTrouble::Failing)),
            (19, None),
        ];
        for (code, trouble) in cases {
            assert_eq!(of(code).disk(), trouble, "{code}");
            let told = of(code).to_string();
            assert_eq!(told.contains("again"), trouble.is_some(), "{told}");
        }
        let full = StoreError::from(std::io::Error::from(std::io::ErrorKind::StorageFull));
        assert!(
            full.to_string().starts_with("The disk is full and nothing was published"),
            "{full}"
        );
        let other = StoreError::from(std::io::Error::from(std::io::ErrorKind::NotFound));
        assert_eq!(other.disk(), None);
    }
}
