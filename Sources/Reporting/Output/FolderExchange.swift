import Foundation

/// Two folders that trade their names in one step, so that at no moment a name is missing.
enum FolderExchange {
  #if canImport(Glibc)
    private typealias Rename =
      @convention(c) (CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt) -> CInt
    /// `RENAME_EXCHANGE` of Linux's renameat2(2).
    private static let exchangeFlag: CUnsignedInt = 2

    /// Trades the names; false where the C library or the file system cannot, and then nothing has changed.
    static func exchange(_ first: String, _ second: String) -> Bool {
      guard let symbol = dlsym(nil, "renameat2") else { return false }
      let rename = unsafeBitCast(symbol, to: Rename.self)
      return rename(AT_FDCWD, first, AT_FDCWD, second, exchangeFlag) == 0
    }
  #else
    /// Trades the names; false where the file system cannot, and then nothing has changed.
    static func exchange(_ first: String, _ second: String) -> Bool {
      renamex_np(first, second, UInt32(RENAME_SWAP)) == 0
    }
  #endif
}
