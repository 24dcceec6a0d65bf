extension Int64 {
  /// The nearest whole number that fits: used where a product of user's figures may be larger than any
  /// integer.
  init(saturating value: Double) {
    self = value >= 9.2e18 ? .max : value <= -9.2e18 ? .min : value.isNaN ? 0 : Int64(value.rounded())
  }
}
