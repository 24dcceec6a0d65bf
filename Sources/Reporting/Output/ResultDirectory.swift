import Foundation

/// A file of results, complete in memory.
package struct ResultFile: Equatable, Sendable {
  /// The name inside the folder.
  package let name: String
  /// The content.
  package let bytes: [UInt8]

  /// A file with a text as UTF-8.
  ///
  /// - Precondition: the name has no slash and is not empty.
  package init(name: String, text: String) {
    precondition(!name.isEmpty && !name.contains("/"), "a result file lies in its folder")
    self.name = name
    bytes = Array(text.utf8)
  }

  /// The scenario as it was read, so that its costs can be reckoned anew.
  package init(scenario bytes: [UInt8]) {
    name = Self.scenarioName
    self.bytes = bytes
  }

  /// The name of the copy of the scenario.
  package static let scenarioName = "scenario.yaml"

  /// A table as CSV under its own name.
  package init(_ table: ResultTable) {
    self.init(name: table.schema.fileName, text: CSVWriter.text(of: table))
  }

  /// A long table as CSV, made piece by piece so that only one piece is held as cells at a time.
  package init(_ schema: TableSchema, pieces: some Sequence<ResultTable>) {
    var text = CSVWriter.header(of: schema)
    for piece in pieces { text += CSVWriter.rows(of: piece) }
    self.init(name: schema.fileName, text: text)
  }
}

/// The folder of one scenario's results, replaced as a whole or not at all.
///
/// New results are written beside the folder, flushed to the disk and exchanged with it in one step; whenever
/// the process is killed, the folder holds either all of the old results or all of the new ones. What an
/// earlier, killed process left behind is put right before anything else. Files in the folder that are not
/// Perigee's stay.
package struct ResultDirectory: Sendable {
  /// The folder.
  package let path: String
  private let parent: String
  private let partial: String
  private let previous: String

  /// The folder of a scenario inside `base`, as in `results/hmac-hello`.
  ///
  /// - Throws: `OutputError.unusableName` when the scenario's name would lead elsewhere.
  package init(base: String, scenario: String) throws(OutputError) {
    let isSafe = scenario.unicodeScalars.allSatisfy { $0 != "/" && $0.properties.generalCategory != .control }
    guard isSafe, !scenario.isEmpty, !scenario.hasPrefix(".") else { throw .unusableName(scenario) }
    try self.init(path: base.isEmpty ? scenario : "\(base)/\(scenario)")
  }

  /// The folder under a path.
  ///
  /// - Throws: `OutputError.unusableName` when the path does not end in the name of a folder that can be
  ///   replaced.
  package init(path: String) throws(OutputError) {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    let slash = trimmed.lastIndex(of: "/")
    let name = slash.map { trimmed[trimmed.index(after: $0)...] } ?? trimmed
    guard !name.isEmpty, name != ".", name != "..", name.utf8.count <= 200, !name.utf8.contains(0) else {
      throw .unusableName(path)
    }
    parent = slash.map { $0 == trimmed.startIndex ? "/" : String(trimmed[..<$0]) } ?? "."
    self.path = "\(parent)/\(name)"
    partial = "\(parent)/.\(name).partial"
    previous = "\(parent)/.\(name).previous"
  }

  /// Makes sure, before any work is done, that results can be written, and repairs what a killed process
  /// left.
  package func prepare() throws(OutputError) {
    try locked { () throws(OutputError) in
      try makePartial()
      try remove(partial)
    }
  }

  /// Replaces the results. Afterwards the folder holds these files and whatever there was that is not
  /// Perigee's.
  package func replace(with files: [ResultFile]) throws(OutputError) {
    try locked { () throws(OutputError) in
      do throws(OutputError) {
        try makePartial()
        for file in files {
          try ByteSink.create(
            "\(partial)/\(file.name)", bytes: file.bytes, name: "\(path)/\(file.name)")
        }
        try flush(partial)
      } catch {
        try? remove(partial)
        throw error
      }
      try exchange()
      try flush(parent)
      try discard(partial)
      try discard(previous)
    }
  }

  // MARK: The steps

  /// Runs `body` while no other process works on the same parent folder, on a repaired state.
  private func locked(_ body: () throws(OutputError) -> Void) throws(OutputError) {
    try makeParents()
    let descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputError(errno: errno, path: parent) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw OutputError(errno: errno, path: parent) }
    }
    try recover()
    try checkOwnership()
    try body()
  }

  /// Puts right what a killed process left: an exchange half done is undone, foreign files go back, the rest
  /// goes.
  private func recover() throws(OutputError) {
    if !exists(path), exists(previous) { try move(previous, to: path) }
    try discard(previous)
    try discard(partial)
  }

  private func checkOwnership() throws(OutputError) {
    guard exists(path) else { return }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      throw .cannotWrite(path: path, reason: "it is a file, not a folder")
    }
    let names = try entries(of: path)
    guard !names.isEmpty else { return }
    let manifest = FileManager.default.contents(atPath: "\(path)/\(Manifest.fileName)")
    guard let manifest, Manifest.isPerigees(manifest) else { throw .notResults(path: path) }
  }

  /// Puts the new folder in the place of the old one, in one step where the system can.
  private func exchange() throws(OutputError) {
    guard exists(path) else { return try move(partial, to: path) }
    if FolderExchange.exchange(partial, path) { return }
    try move(path, to: previous)
    try move(partial, to: path)
  }

  /// Removes a folder that is no longer wanted, after what is not Perigee's in it has gone back to the
  /// results.
  private func discard(_ folder: String) throws(OutputError) {
    guard exists(folder) else { return }
    for name in try entries(of: folder) where !DataDictionary.fileNames.contains(name) {
      let target = "\(path)/\(name)"
      if exists(path), !exists(target) { try move("\(folder)/\(name)", to: target) }
    }
    try remove(folder)
  }
}

// MARK: Single system calls

extension ResultDirectory {
  private func makeParents() throws(OutputError) {
    var folder = parent.hasPrefix("/") ? "/" : ""
    for name in parent.split(separator: "/") {
      folder += name + "/"
      guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw OutputError(errno: errno, path: parent) }
    }
  }

  /// Makes the folder for new results; its errors speak of the results, not of the folder beside them.
  private func makePartial() throws(OutputError) {
    guard mkdir(partial, 0o777) == 0 else { throw OutputError(errno: errno, path: path) }
  }

  private func move(_ source: String, to target: String) throws(OutputError) {
    guard rename(source, target) == 0 else { throw OutputError(errno: errno, path: target) }
  }

  private func remove(_ folder: String) throws(OutputError) {
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      throw systemError(error, path: folder)
    }
  }

  private func entries(of folder: String) throws(OutputError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw systemError(error, path: folder)
    }
  }

  private func flush(_ folder: String) throws(OutputError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputError(errno: errno, path: folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw OutputError(errno: errno, path: folder) }
  }

  /// Whether there is anything under a path, a dangling link included.
  private func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// The system's own error inside one of Foundation's.
  private func systemError(_ error: any Error, path: String) -> OutputError {
    var inner: NSError? = error as NSError
    while let current = inner {
      if current.domain == NSPOSIXErrorDomain { return OutputError(errno: CInt(current.code), path: path) }
      inner = current.userInfo[NSUnderlyingErrorKey] as? NSError
    }
    return .cannotWrite(path: path, reason: "the system refused")
  }
}
