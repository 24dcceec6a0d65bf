import Foundation
import Reporting
import Testing

@Suite struct OutputTests {
  @Test func aFullDiskIsSaid() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let error = #expect(throws: OutputError.diskFull(path: "/dev/full")) {
      try ByteSink(descriptor: descriptor, path: "/dev/full").write("x")
    }
    #expect(error?.exitCode == 74)
    #expect(error?.description.hasPrefix("no space left on the disk for '/dev/full'") == true)
  }

  @Test func aClosedPipeIsQuiet() throws {
    ByteSink.ignoreSignals()
    var ends: [CInt] = [0, 0]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let error = #expect(throws: OutputError.closedPipe) {
      try ByteSink(descriptor: ends[1], path: "pipe").write("x")
    }
    #expect(error?.exitCode == 0)
    #expect(error?.isSilent == true)
  }

  @Test func longTextsArriveWhole() throws {
    var ends: [CInt] = [0, 0]
    try #require(pipe(&ends) == 0)
    #expect(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0)
    let text = String(repeating: "0123456789", count: 100_000)
    let writer = ends[1]
    let thread = Thread {
      try? ByteSink(descriptor: writer, path: "pipe").write(text)
      close(writer)
    }
    thread.start()
    let data = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true).readDataToEndOfFile()
    #expect(data == Data(text.utf8))
  }

  @Test(arguments: ["/proc/perigee/deeper", "/dev/null/results"])
  func anUnwritablePlaceIsSaidBeforeAnyWork(base: String) throws {
    let directory = try ResultDirectory(base: base, scenario: "s")
    let error = #expect(throws: OutputError.self) { try directory.prepare() }
    #expect(error?.exitCode == 73)
    #expect(error?.description.contains("cannot write '\(base)") == true)
  }

  @Test func aReadOnlyFolderIsSaid() throws {
    try withFolder { base in
      #expect(chmod(base, 0o555) == 0)
      defer { chmod(base, 0o755) }
      guard access(base, W_OK) != 0 else { return }
      let directory = try ResultDirectory(base: base, scenario: "s")
      let error = #expect(throws: OutputError.self) { try directory.replace(with: []) }
      #expect(error?.exitCode == 73)
    }
  }

  @Test(arguments: ["", ".", "..", "../x", "a/b", ".hidden", "a\nb", String(repeating: "x", count: 201)])
  func namesThatLeadElsewhereAreRefused(name: String) {
    let error = #expect(throws: OutputError.self) { try ResultDirectory(base: "results", scenario: name) }
    #expect(error?.exitCode == 65)
  }

  @Test(arguments: [
    ("results/x/", "results/x"), ("x", "./x"), ("/x", "//x"), ("/tmp/a/b", "/tmp/a/b"),
  ])
  func pathsAreSplit(path: String, resolved: String) throws {
    #expect(try ResultDirectory(path: path).path == resolved)
  }

  @Test(arguments: ["", "/", ".", "..", "a/.."])
  func pathsWithoutANameAreRefused(path: String) {
    #expect(throws: OutputError.unusableName(path)) { try ResultDirectory(path: path) }
  }

  @Test func errorsCarryNoEscapes() {
    #expect(!OutputError.notResults(path: "\u{1B}[2J").description.contains("\u{1B}"))
  }
}

/// Runs `body` with a new folder that is removed afterwards.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = "/tmp/perigee-test-\(getpid())-\(folderNumber.next())"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

/// Numbers for folders, each given out once.
private let folderNumber = FolderNumber()

private final class FolderNumber: @unchecked Sendable {
  private let lock = NSLock()
  private var last = 0

  func next() -> Int {
    lock.withLock {
      last += 1
      return last
    }
  }
}
