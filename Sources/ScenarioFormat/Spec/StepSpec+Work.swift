package import Stochastics

extension StepSpec {
  /// The law of the CPU time, if the step is work.
  package var work: Distribution? {
    if case .work(let law) = kind { law.value } else { nil }
  }

  /// Whether the step needs the network.
  package var leavesInstance: Bool {
    switch kind {
    case .work, .wait: false
    case .read, .write, .call, .forward: true
    }
  }
}
