/// Finds the known word that a misspelt one was probably meant to be.
package enum Suggestion {
  /// The nearest of the known words by edit distance, if it is near enough to be a slip.
  ///
  /// - Complexity: O(known × length²), with words cut at 64 characters.
  package static func nearest(to word: String, among known: some Sequence<String>) -> String? {
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
    return best?.word
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
