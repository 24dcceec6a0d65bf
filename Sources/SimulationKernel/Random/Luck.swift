/// Counter-based randomness: every draw is a pure function of (seed, replication, entity, index, purpose).
///
/// Nothing is shared and nothing is advanced, so the order in which draws are taken, the thread that takes them
/// and the draws of other entities never matter. Request 812 of a population has the same luck under every
/// placement.
public enum Mix {
  /// David Stafford's "Mix13" finaliser, the output function of SplitMix64: a bijection with full avalanche.
  @inlinable public static func finalise(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// The golden-ratio increment of SplitMix64.
  @inlinable public static var increment: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  /// FNV-1a over the UTF-8 of a name, finalised: the identity of an entity that does not depend on its position
  /// in the scenario, so that adding one population changes no draw of another.
  public static func identity(of name: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return finalise(hash)
  }
}

/// The key of one entity's stream in one replication.
@frozen
public struct StreamKey: Equatable, Sendable {
  @usableFromInline let key: UInt64

  /// - Parameters:
  ///   - seed: the scenario's seed.
  ///   - replication: 0, 1, … ; each replication has streams of its own.
  ///   - entity: identity of what draws (a client population, a store), see `Mix.identity(of:)`.
  public init(seed: UInt64, replication: Int, entity: UInt64) {
    let seeded = Mix.finalise(seed &+ Mix.increment)
    let replicated = Mix.finalise(seeded ^ (UInt64(truncatingIfNeeded: replication) &* 0xD1B5_4A32_D192_ED03))
    key = Mix.finalise(replicated &+ entity)
  }

  /// The luck of item `index` (a request, a candidate arrival) of this stream.
  @inlinable public func luck(_ index: UInt64) -> Luck {
    // Two rounds: neighbouring indices of neighbouring keys share no structure after the first.
    Luck(state: Mix.finalise(Mix.finalise(index &* Mix.increment &+ key) ^ key))
  }
}

/// Everything that chance decides about one item: a sequence of 64-bit draws addressed by purpose.
///
/// The draws of one item are the outputs of a SplitMix64 generator that starts at a hashed state, so purposes are
/// independent of each other and can be asked for in any order, any number of times.
@frozen
public struct Luck: Equatable, Sendable {
  /// Hashed state that identifies the item; also the parent of the luck of nested calls.
  public let state: UInt64

  @inlinable public init(state: UInt64) { self.state = state }

  /// 64 uniform bits for a purpose. `purpose` is a small number, unique among the draws of the item.
  @inlinable public func bits(_ purpose: UInt64) -> UInt64 {
    Mix.finalise(state &+ (purpose &+ 1) &* Mix.increment)
  }

  /// The luck of a nested item, such as the `ordinal`-th call that a function makes.
  @inlinable public func nested(_ ordinal: UInt64) -> Luck {
    Luck(state: Mix.finalise(bits(ordinal) ^ 0xA076_1D64_78BD_642F))
  }
}

extension UInt64 {
  /// A uniform number in the open interval (0, 1) from 53 of these bits.
  @inlinable public var unitInterval: Double { (Double(self &>> 11) + 0.5) * 0x1p-53 }
}

extension Double {
  /// The nearest whole number, half upwards, of a number from 0 up to 2⁶³: what `rounded()` gives, without the call.
  @inlinable public var nearestWhole: Int64 {
    let whole = Int64(self)
    return self - Double(whole) >= 0.5 ? whole &+ 1 : whole
  }
}
