internal import Catalog

/// "This function cannot run there": a platform's limits, each with its source, before anything is simulated.
struct EnvelopeRule {
  let build: FunctionBuild
  let function: FunctionSpec
  let entry: DeploymentSpec
  let platform: Platform
  let lookup: Lookup

  func check() {
    checkMemory()
    checkPackage()
    checkPayloads()
    checkRuntime()
    checkTimes()
    if platform.number(.outboundCalls) == 0, let step = function.steps.first(where: \.leavesInstance) {
      refuse(
        .outboundCalls, at: step.mark,
        "functions on '\(platform.name)' cannot call anything; this step needs another platform")
    }
  }

  private func checkMemory() {
    if entry.memory == nil, let fixed = platform.fixedMemory, let wanted = function.memory,
      wanted.value > fixed
    {
      checkFixedMemory(fixed, wanted: wanted.value)
    }
    let memory = build.memoryMegabytes
    let text = "\(NodeReader.short(memory)) MB"
    if let least = platform.number(.memoryMinimum), memory < least {
      refuse(
        .memoryMinimum, at: build.memoryMark,
        "\(text) of memory is less than '\(platform.name)' offers; the least is \(NodeReader.short(least)) MB"
      )
    } else if let most = platform.number(.memoryMaximum), memory > most {
      let isChosen = entry.memory != nil || function.memory != nil
      refuse(
        .memoryMaximum, at: isChosen && entry.memory == nil ? entry.function.mark : build.memoryMark,
        "\(text) of memory is more than '\(platform.name)' offers; the most is \(NodeReader.short(most)) MB")
    } else if let (property, sizes) = sizes(without: memory) {
      refuse(
        property, at: build.memoryMark,
        "\(text) of memory is not to be had on '\(platform.name)'; sizes are \(sizes) MB")
    }
  }

  /// The sizes that the platform sells, in words, and the property that says so; nil if the memory is one of them.
  private func sizes(without memory: Double) -> (PlatformProperty, String)? {
    let sizes = platform.memorySizes
    guard sizes.isEmpty else {
      let words = sizes.map { NodeReader.short($0) }.joined(separator: ", ")
      return sizes.contains(memory) ? nil : (.memorySizes, words)
    }
    guard let step = platform.number(.memoryStep), step > 0, (memory / step).rounded() != memory / step else {
      return nil
    }
    return (.memoryStep, "multiples of \(NodeReader.short(step))")
  }

  /// On most platforms a memory size buys CPU, so a function's general size says little about what it needs
  /// in an isolate, where there is nothing to choose. A size given for this placement, or more than four
  /// times what the isolate has, is taken at its word.
  private func checkFixedMemory(_ fixed: Double, wanted: Double) {
    let function = function.name.value.shortened
    guard wanted <= 4 * fixed else {
      refuse(
        .memoryMaximum, at: entry.function.mark,
        "\(NodeReader.short(wanted)) MB of memory is more than '\(platform.name)' offers; the most is"
          + " \(NodeReader.short(fixed)) MB; write 'memory: \(NodeReader.short(fixed)) MB' here if that is enough")
      return
    }
    lookup.problems.warning(
      "fixed-memory", at: entry.function.mark,
      "memory is not a setting on '\(platform.name)': each isolate has \(NodeReader.short(fixed)) MB,"
        + " less than the"
        + " \(NodeReader.short(wanted)) MB of '\(function)'; write 'memory' here if that is enough",
      notes: platform.value(.memoryMaximum).map { ["source: \($0.provenance.sentence)"] } ?? [])
  }

  private func checkPackage() {
    guard build.packageKind == .zip, let most = platform.number(.packageMaximum),
      Double(build.packageBytes) > most * 1e6
    else { return }
    let largest = platform.number(.imageMaximum) ?? 0
    let image = largest > 0 ? ", and \(NodeReader.short(largest)) MB with 'packaging: image'" : ""
    refuse(
      .packageMaximum, at: build.packageMark,
      "a package of \(megabytes(build.packageBytes)) is too large for '\(platform.name)'; the most is"
        + " \(NodeReader.short(most)) MB\(image)")
  }

  private func checkPayloads() {
    let payloads: [(PlatformProperty, Int64, String)] = [
      (.requestMaximum, function.request, "request"), (.responseMaximum, function.response, "response"),
    ]
    for (property, bytes, word) in payloads {
      guard let most = platform.number(property), Double(bytes) > most * 1e6 else { continue }
      refuse(
        property, at: entry.function.mark,
        "a \(word) of \(megabytes(bytes)) is too large for '\(platform.name)'; the most is"
          + " \(NodeReader.short(most)) MB"
      )
    }
  }

  private func checkRuntime() {
    if let runtime = build.runtime, let mark = build.runtimeMark, !platform.runs(family: runtime.family) {
      refuse(
        .runtimes, at: mark,
        "the runtime '\(runtime.name)' does not run on '\(platform.name)'; it runs:"
          + " \(Suggestion.list(platform.words(.runtimes)))")
    } else if build.runtime != nil, build.start == nil, platform.behaviour == .function,
      platform.flag(.runtimeStarts, default: true), entry.platform.coldStart == nil
    {
      lookup.problems.warning(
        "unmeasured-start", at: build.runtimeMark ?? entry.function.mark,
        "no start of the runtime '\(build.runtime?.name ?? "")' is known for"
          + " \(build.architecture.rawValue) and"
          + " \(build.packageKind.rawValue) packages, so its cold starts lack that part; give 'coldStart'")
    }
    let architectures = platform.words(.architectures)
    if !architectures.isEmpty, !architectures.contains(build.architecture.rawValue) {
      refuse(
        .architectures, at: entry.function.mark,
        "the architecture '\(build.architecture.rawValue)' is not to be had on '\(platform.name)'; it has"
          + " \(Suggestion.list(architectures))")
    }
  }

  private func checkTimes() {
    if let most = platform.number(.timeoutMaximum), let timeout = entry.timeout ?? function.timeout,
      Double(timeout.value) > most * 1e9
    {
      refuse(
        .timeoutMaximum, at: entry.timeout == nil ? entry.function.mark : timeout.mark,
        "a timeout of \(TimeRule.text(timeout.value)) is longer than '\(platform.name)' allows; the most is"
          + " \(NodeReader.short(most)) s")
    }
    let median = function.steps.compactMap(\.work).reduce(0) { $0 + $1.quantile(0.5) }
    if build.cpuLimit < .max, median > Double(build.cpuLimit) {
      refuse(
        .cpuTimeMaximum, at: entry.function.mark,
        "half of the invocations need more CPU time than '\(platform.name)' allows"
          + " (\(TimeRule.text(build.cpuLimit))); the work's median is \(time(median))")
    }
    let usual = build.usualTime(of: function)
    let remedy = build.workFactor > 1 ? "take more memory, which makes work faster, or " : ""
    if let most = platform.number(.timeoutMaximum), usual > most * 1e9 {
      refuse(
        .timeoutMaximum, at: entry.function.mark,
        "half of the invocations run longer than '\(platform.name)' ever lets them (\(NodeReader.short(most)) s);"
          + " \(what(usual)); \(remedy)choose a platform with a longer time-out")
    } else if build.timeout < .max, usual > Double(build.timeout) {
      lookup.problems.warning(
        "timeout", at: entry.function.mark,
        "most invocations of '\(function.name.value.shortened)' would run into the timeout of"
          + " \(TimeRule.text(build.timeout)): \(what(usual)); give a longer 'timeout'")
    }
  }

  /// What takes the usual time of an invocation.
  private func what(_ usual: Double) -> String {
    let isWorkAlone = function.steps.allSatisfy { $0.work != nil }
    return "\(isWorkAlone ? "the work's median takes" : "work and waits take") \(time(usual)) here"
  }

  private func megabytes(_ bytes: Int64) -> String { "\(NodeReader.short(Double(bytes) / 1e6)) MB" }

  /// To three digits behind the point, in seconds from ten of them on.
  private func time(_ nanoseconds: Double) -> String {
    nanoseconds >= 1e10
      ? "\(NodeReader.short((nanoseconds / 1e6).rounded() / 1e3)) s"
      : "\(NodeReader.short((nanoseconds / 1e3).rounded() / 1e3)) ms"
  }

  private func refuse(_ property: PlatformProperty, at mark: SourceMark, _ message: String) {
    let source = platform.value(property)?.provenance.sentence
    lookup.problems.error(
      "platform-limit", at: mark, message, notes: source.map { ["source: \($0)"] } ?? [])
  }
}
