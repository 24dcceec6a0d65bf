/// Finds the known word that a misspelt one was probably meant to be.
package enum Suggestion {
  /// The nearest of the known words by edit distance, if it is near enough to be a slip.
  ///
  /// - Complexity: O(known × length²), with words cut at 64 characters.
  package static func nearest(to word: String, among known: some Sequence<String>) -> String? {
    nearestWithDistance(to: word, among: known)?.word
  }

  private static func nearestWithDistance(
    to word: String, among known: some Sequence<String>
  ) -> (distance: Int, word: String)? {
    let wanted = Array(word.lowercased().unicodeScalars.prefix(64))
    let limit = max(1, wanted.count / 3)
    var best: (distance: Int, word: String)?
    for candidate in known {
      let letters = Array(candidate.lowercased().unicodeScalars.prefix(64))
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = editDistance(wanted, letters)
      if distance <= limit, distance < wanted.count, distance < (best?.distance ?? .max) {
        best = (distance, candidate)
      }
    }
    return best
  }

  /// What a guessed name may stand for: the one it was mistyped from, else those that share its words.
  package static func close(to word: String, among known: some Sequence<String>) -> [String]? {
    let nearest = nearestWithDistance(to: word, among: known)
    if let nearest, nearest.distance * 5 <= word.unicodeScalars.count { return [nearest.word] }
    return related(to: word, among: known) ?? nearest.map { [$0.word] }
  }

  /// The known names that share most words with a name, best first; nil where none shares any.
  ///
  /// `nat-gateway` and `NAT gateway/hour` share two words, `s3.get` and `s3.read-units` one.
  static func related(to name: String, among known: some Sequence<String>, atMost count: Int = 6) -> [String]? {
    let wanted = words(of: name)
    guard !wanted.isEmpty else { return nil }
    var found: [(score: Int, words: Int, name: String)] = []
    for candidate in known {
      let own = words(of: candidate)
      let score = wanted.reduce(0) { sum, word in
        sum + (own.contains(word) ? 3 : own.contains { $0.hasPrefix(word) || word.hasPrefix($0) } ? 2 : 0)
      }
      if score > 0 { found.append((score, own.count, candidate)) }
    }
    guard let best = found.map(\.score).max() else { return nil }
    let nearest = found.filter { $0.score * 3 >= best * 2 }.enumerated().sorted { left, right in
      (right.element.score, left.element.words, left.offset) < (left.element.score, right.element.words, right.offset)
    }
    return nearest.prefix(count).map(\.element.name)
  }

  /// The words of a name, in small letters: at least two letters or digits each, or one number.
  private static func words(of name: String) -> [String] {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { $0.count > 1 }
  }

  /// The known words in a sentence, in their order; at most 12 of them.
  package static func list(_ known: [String]) -> String {
    guard !known.isEmpty else { return "none" }
    let shown = known.prefix(12).map(\.shortened).joined(separator: ", ")
    return known.count > 12 ? shown + ", … (\(known.count) in all)" : shown
  }

  /// Least number of insertions, deletions, substitutions and swaps of neighbours.
  static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    var current = previous
    for row in 1...left.count {
      current[0] = row
      for column in 1...right.count {
        let cost = left[row - 1] == right[column - 1] ? 0 : 1
        current[column] = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          current[column] = min(current[column], beforePrevious[column - 2] + 1)
        }
      }
      (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[right.count]
  }
}

extension Suggestion {
  /// That a name is not there, with the nearest one that is, or all of them: `there is no line 'x'; did you mean 'y'?`
  package static func missing(_ kind: String, _ name: String, among known: [String]) -> String {
    let hint = nearest(to: name, among: known).map { "did you mean '\($0.shortened)'?" } ?? "known: \(list(known))"
    return "there is no \(kind) '\(name.shortened)'; \(hint)"
  }
}
