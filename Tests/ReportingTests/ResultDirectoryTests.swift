import Foundation
import Reporting
import Testing

@Suite struct ResultDirectoryTests {
  static let manifest = Manifest(
    toolVersion: "1", scenario: "s", scenarioText: Array("abc".utf8), seed: .max, replications: 10,
    catalog: "world-2021", catalogVersion: "1", placements: ["p"], overrides: [])

  static func files(_ content: String, names: [String] = ["summary.csv", "cost.csv"]) -> [ResultFile] {
    let files = names.map { ResultFile(name: $0, text: content) }
    return files + [manifest.file(for: files)]
  }

  @Test func writesAndReplacesAsAWhole() throws {
    try withFolder { base in
      let directory = try ResultDirectory(base: "\(base)/deeper", scenario: "s")
      try directory.prepare()
      try directory.replace(with: Self.files("one", names: ["summary.csv", "latency.csv"]))
      #expect(listing(directory.path) == ["latency.csv", "manifest.json", "summary.csv"])
      try directory.replace(with: Self.files("two"))
      #expect(listing(directory.path) == ["cost.csv", "manifest.json", "summary.csv"])
      #expect(content("\(directory.path)/summary.csv") == "two")
      #expect(listing("\(base)/deeper") == ["s"])
    }
  }

  @Test func whatIsNotOursStays() throws {
    try withFolder { base in
      let directory = try ResultDirectory(base: base, scenario: "s")
      try directory.replace(with: Self.files("one"))
      try place("mine", in: "\(directory.path)/notes.txt")
      try FileManager.default.createDirectory(
        atPath: "\(directory.path)/pictures", withIntermediateDirectories: false)
      try directory.replace(with: Self.files("two"))
      #expect(
        listing(directory.path) == ["cost.csv", "manifest.json", "notes.txt", "pictures", "summary.csv"])
      #expect(content("\(directory.path)/notes.txt") == "mine")
    }
  }

  @Test func aFolderOfSomethingElseIsRefused() throws {
    try withFolder { base in
      let directory = try ResultDirectory(base: base, scenario: "s")
      try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: false)
      try directory.prepare()
      try place("thesis", in: "\(directory.path)/summary.csv")
      let files = Self.files("x")
      #expect(throws: OutputError.notResults(path: directory.path)) { try directory.prepare() }
      #expect(throws: OutputError.notResults(path: directory.path)) { try directory.replace(with: files) }
      try place("{\"tool\": \"other\"}", in: "\(directory.path)/manifest.json")
      #expect(throws: OutputError.notResults(path: directory.path)) { try directory.prepare() }
      #expect(content("\(directory.path)/summary.csv") == "thesis")
      let file = try ResultDirectory(path: "\(directory.path)/summary.csv")
      #expect(throws: OutputError.self) { try file.prepare() }
    }
  }

  @Test func aFailedWriteLeavesTheOldResults() throws {
    try withFolder { base in
      let directory = try ResultDirectory(base: base, scenario: "s")
      try directory.replace(with: Self.files("one"))
      let impossible = ResultFile(name: String(repeating: "n", count: 300), text: "x")
      #expect(throws: OutputError.self) { try directory.replace(with: Self.files("two") + [impossible]) }
      #expect(content("\(directory.path)/summary.csv") == "one")
      #expect(listing(base) == ["s"])
    }
  }

  @Test func aKilledWriteLeavesTheOldResults() throws {
    try withFolder { base in
      let directory = try ResultDirectory(base: base, scenario: "s")
      try directory.replace(with: Self.files("one"))
      try FileManager.default.createDirectory(
        atPath: "\(base)/.s.partial", withIntermediateDirectories: false)
      try place("tw", in: "\(base)/.s.partial/summary.csv")
      try directory.prepare()
      #expect(content("\(directory.path)/summary.csv") == "one")
      #expect(listing(base) == ["s"])
    }
  }

  @Test func aKilledExchangeIsUndone() throws {
    try withFolder { base in
      let directory = try ResultDirectory(base: base, scenario: "s")
      try directory.replace(with: Self.files("one"))
      try FileManager.default.moveItem(atPath: directory.path, toPath: "\(base)/.s.previous")
      try directory.prepare()
      #expect(content("\(directory.path)/summary.csv") == "one")
      #expect(listing(base) == ["s"])
    }
  }

  @Test func foreignFilesComeBackAfterAKillBehindTheExchange() throws {
    try withFolder { base in
      let directory = try ResultDirectory(base: base, scenario: "s")
      try directory.replace(with: Self.files("two"))
      for folder in ["\(base)/.s.partial", "\(base)/.s.previous"] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try place("one", in: "\(folder)/summary.csv")
      }
      try place("mine", in: "\(base)/.s.partial/notes.txt")
      try place("mine too", in: "\(base)/.s.previous/more.txt")
      try directory.prepare()
      #expect(content("\(directory.path)/summary.csv") == "two")
      #expect(content("\(directory.path)/notes.txt") == "mine")
      #expect(content("\(directory.path)/more.txt") == "mine too")
      #expect(listing(base) == ["s"])
    }
  }

  @Test func readersAlwaysSeeWholeResults() throws {
    try withFolder { base in
      let directory = try ResultDirectory(base: base, scenario: "s")
      try directory.replace(with: Self.files("0"))
      let path = directory.path
      let writer = Thread {
        for round in 1...200 { try? directory.replace(with: Self.files("\(round)")) }
      }
      writer.start()
      var missing = 0
      while !writer.isFinished {
        if content("\(path)/summary.csv") == nil { missing += 1 }
      }
      #expect(missing == 0)
    }
  }

  @Test func theManifestDigestsEveryFile() throws {
    let file = Self.manifest.file(for: [
      ResultFile(name: "a.csv", text: "abc"), ResultFile(name: "b.csv", text: ""),
    ])
    let object = try #require(JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any])
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    #expect((object["scenario"] as? [String: Any])?["sha256"] as? String == abc)
    let files = try #require(object["files"] as? [[String: Any]])
    #expect(files.map { $0["sha256"] as? String } == [abc, nothing])
    #expect(files.map { $0["bytes"] as? Int } == [3, 0])
    #expect(object["seed"] as? UInt64 == .max)
    #expect(
      file
        == Self.manifest.file(for: [
          ResultFile(name: "a.csv", text: "abc"), ResultFile(name: "b.csv", text: ""),
        ]))
  }

  private func listing(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private func content(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  private func place(_ text: String, in path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }
}
