internal import Catalog
package import Stochastics

extension NodeReader {
  /// Reads a probability law of a time, in nanoseconds: a duration, a law by its name, or what is known of
  /// it.
  package func law(_ node: Located) -> Marked<Distribution>? {
    guard let law = uncheckedLaw(node) else { return nil }
    if let problem = law.validate() {
      problems.error("distribution", at: node.mark, "this is no law of a time; \(problem)")
      return nil
    }
    guard law.mean.isFinite == false || law.mean <= Dimension.duration.maximum else {
      problems.error(
        "distribution", at: node.mark, "the mean of this law is longer than 46,000 d; times are shorter")
      return nil
    }
    return Marked(law, at: node.mark)
  }

  private func uncheckedLaw(_ node: Located) -> Distribution? {
    guard let entries = node.entries else { return quantity(node, .duration).map { .constant($0.value) } }
    let known = LawTables.known
    if entries.contains(where: { known[$0.key.value] != nil }) {
      guard let map = mapping(node, known) else { return nil }
      return lognormal(map, subject: known.subject)
    }
    guard let (name, value) = mapping(node, LawTables.laws)?.choice else { return nil }
    switch name {
    case "constant": return quantity(value, .duration).map { .constant($0.value) }
    case "exponential": return exponential(value)
    case "gamma": return gamma(value)
    case "lognormal":
      return mapping(value, LawTables.lognormal).flatMap {
        lognormal($0, subject: "a lognormal distribution")
      }
    case "empirical": return empirical(value)
    case "mixture": return mixture(value)
    case "shifted":
      guard let map = mapping(value, LawTables.shifted), let by = map.read("by", { quantity($0, .duration) }),
        let law = map.read("of", uncheckedLaw)
      else { return nil }
      return .shifted(by: by.value, of: law)
    default: return twoParameters(name, value)
    }
  }

  private func twoParameters(_ name: String, _ node: Located) -> Distribution? {
    func read(_ table: KeyTable, _ first: String, _ second: String) -> (MappingReader, Double, Double)? {
      guard let map = mapping(node, table) else { return nil }
      guard let one = parameter(map, first), let two = parameter(map, second) else { return nil }
      return (map, one, two)
    }
    switch name {
    case "uniform":
      if let ends = node.elements { return uniform(ends, node) }
      return read(LawTables.uniform, "from", "to").map { .uniform(low: $0.1, high: $0.2) }
    case "erlang":
      guard let map = mapping(node, LawTables.erlang),
        let shape = map.read("shape", { count($0, from: 1, to: 1_000_000) }),
        let mean = parameter(map, "mean")
      else { return nil }
      return .erlang(shape: shape.value, mean: mean)
    case "weibull":
      return read(LawTables.weibull, "shape", "scale").map { .weibull(shape: $0.1, scale: $0.2) }
    case "pareto":
      return read(LawTables.pareto, "shape", "minimum").map { .pareto(shape: $0.1, minimum: $0.2) }
    case "normal":
      return read(LawTables.normal, "mean", "sd").map { .normal(mean: $0.1, sd: $0.2) }
    default:
      guard let (map, alpha, beta) = read(LawTables.beta, "alpha", "beta"), let low = parameter(map, "from"),
        let high = parameter(map, "to")
      else { return nil }
      return .beta(alpha: alpha, beta: beta, low: low, high: high)
    }
  }

  /// A range of two times.
  private func uniform(_ ends: [Located], _ node: Located) -> Distribution? {
    guard ends.count == 2 else {
      problems.error("parameters", at: node.mark, "a uniform distribution is given by two times, not \(ends.count)")
      return nil
    }
    guard let low = quantity(ends[0], .duration), let high = quantity(ends[1], .duration) else { return nil }
    return .uniform(low: low.value, high: high.value)
  }

  /// Parameters without a unit are shapes; all others are times.
  private func parameter(_ map: MappingReader, _ key: String) -> Double? {
    let bare = ["shape", "alpha", "beta", "cv", "sigma"]
    return map.read(key) { bare.contains(key) ? number($0)?.value : quantity($0, .duration)?.value }
  }

  private func exponential(_ node: Located) -> Distribution? {
    if node.entries == nil { return quantity(node, .duration).map { .exponential(mean: $0.value) } }
    return mapping(node, LawTables.exponential).flatMap { parameter($0, "mean") }.map {
      .exponential(mean: $0)
    }
  }

  private func gamma(_ node: Located) -> Distribution? {
    guard let map = mapping(node, LawTables.gamma) else { return nil }
    switch given(map, ["shape", "scale", "mean", "cv"]) {
    case ["shape", "scale"]:
      guard let shape = parameter(map, "shape"), let scale = parameter(map, "scale") else { return nil }
      return .gamma(shape: shape, scale: scale)
    case ["mean", "cv"]:
      guard let mean = parameter(map, "mean"), let cv = parameter(map, "cv") else { return nil }
      return .gamma(mean: mean, cv: cv)
    default:
      map.fail("parameters", "a gamma distribution is given by shape and scale, or by mean and cv")
      return nil
    }
  }

  private func lognormal(_ map: MappingReader, subject: String) -> Distribution? {
    let hasSigma = subject == LawTables.lognormal.subject
    switch given(map, ["median", "p99", "mean", "cv"] + (hasSigma ? ["sigma"] : [])) {
    case ["median", "p99"]:
      guard let median = parameter(map, "median"), let p99 = parameter(map, "p99") else { return nil }
      return .lognormal(median: median, p99: p99)
    case ["median", "sigma"]:
      guard let median = parameter(map, "median"), let sigma = parameter(map, "sigma") else { return nil }
      return .lognormal(median: median, sigma: sigma)
    case ["mean", "cv"]:
      guard let mean = parameter(map, "mean"), let cv = parameter(map, "cv") else { return nil }
      return .lognormal(mean: mean, cv: cv)
    default:
      let forms =
        hasSigma ? "median and p99, median and sigma, or mean and cv" : "median and p99, or by mean and cv"
      map.fail("parameters", "\(subject) is given by \(forms)")
      return nil
    }
  }

  private func given(_ map: MappingReader, _ keys: [String]) -> [String] { keys.filter(map.has) }

  private func mixture(_ node: Located) -> Distribution? {
    guard let elements = list(node, of: "parts ({weight, of})") else { return nil }
    var components: [MixtureComponent] = []
    for element in elements {
      guard let map = mapping(element, LawTables.component), let weight = map.read("weight", number),
        let law = map.read("of", uncheckedLaw)
      else { return nil }
      components.append(MixtureComponent(weight: weight.value, of: law))
    }
    return .mixture(components)
  }

  private func empirical(_ node: Located) -> Distribution? {
    guard node[key: "samples"] == nil else {
      guard let map = mapping(node, LawTables.samples), let file = map.read("samples", name),
        let unit = map.read("unit", { choice($0, LawTables.units.map { ($0, $0) }) })
      else { return nil }
      return samples(file, unit: unit).map { .empirical(samples: $0) }
    }
    guard let entries = named(node, of: "quantiles (p0, p50, p99, p100)") else { return nil }
    var points: [QuantilePoint] = []
    for (key, value) in entries {
      guard key.value.first == "p", let percent = Double(key.value.dropFirst()), (0...100).contains(percent)
      else {
        problems.error(
          "quantile", at: key.mark,
          "'\(key.value.shortened)' is not a percentile; write p0, p50, p99.9, … p100")
        return nil
      }
      guard let time = quantity(value, .duration) else { return nil }
      points.append(QuantilePoint(probability: percent / 100, value: time.value))
    }
    return .empirical(points.sorted { $0.probability < $1.probability })
  }

  /// The samples of a file: one number a line, or the first column of a CSV with one header line.
  private func samples(_ file: Marked<String>, unit: String) -> [Double]? {
    let bytes: [UInt8]
    do {
      bytes = try ScenarioFile.read(directory + file.value, limit: Self.maximumSampleBytes)
    } catch {
      problems.error("sample-file", at: file.mark, error.sentence)
      return nil
    }
    guard bytes.count <= Self.maximumSampleBytes else {
      problems.error(
        "sample-file", at: file.mark, "the file of samples is larger than 64 MiB; take fewer samples")
      return nil
    }
    let scale = Dimension.duration.units.first { $0.symbol == unit }?.size ?? 1
    var values: [Double] = []
    let lines = bytes.split(omittingEmptySubsequences: false) { $0 == 10 }
    for (index, line) in lines.enumerated() {
      let cell = String(decoding: line.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self)
      let text = String(cell.filter { !$0.isWhitespace })
      if text.isEmpty { continue }
      if let value = Double(text), value.isFinite, value >= 0 {
        values.append(value * scale)
      } else if index > 0 {
        problems.error(
          "sample-file", at: file.mark,
          "line \(index + 1) of '\(file.value.shortened)' is '\(text.shortened)'; each line begins with"
            + " a number, zero or more"
        )
        return nil
      }
    }
    guard !values.isEmpty else {
      problems.error(
        "sample-file", at: file.mark, "'\(file.value.shortened)' holds no samples; write one number a line")
      return nil
    }
    return values
  }

  private static let maximumSampleBytes = 64 * 1_024 * 1_024
}
