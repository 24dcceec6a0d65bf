import CGSL

/// GSL's error handling: its default handler aborts the process, so it is switched off before the first call.
enum GSLFailure {
  /// Touching this switches the handler off, once, whichever thread comes first.
  static let handlerIsOff: Bool = {
    perigee_gsl_disable_abort()
    return true
  }()

  /// Runs a computation of GSL with the aborting handler off; failures come back as NaN or a status.
  @inline(__always)
  static func guarded<Value>(_ compute: () -> Value) -> Value {
    precondition(handlerIsOff)
    return compute()
  }
}
