import SimulationKernel
import Stochastics
import Testing

@Suite struct LuckTests {
  private let key = StreamKey(seed: 42, replication: 0, entity: Mix.identity(of: "clients"))

  @Test func valuesAreStable() {
    // Pinned: a change here changes every result ever published.
    #expect(Mix.identity(of: "brazil-mobile") == 3401838305800941747)
    #expect(key.luck(0).bits(0) == 4515577141768107615)
    #expect(key.luck(812).bits(3) == 12357279396045883057)
    #expect(key.luck(0).nested(5).bits(1) == 11087150016274752282)
  }

  @Test func momentsAreThoseOfAUniform() {
    let count = 200_000
    var sum = 0.0
    var squares = 0.0
    for index in 0..<count {
      let u = key.luck(UInt64(index)).bits(0).unitInterval
      #expect(u > 0 && u < 1)
      sum += u
      squares += u * u
    }
    let n = Double(count)
    // Four standard errors.
    #expect(abs(sum / n - 0.5) < 4 * (1.0 / 12 / n).squareRoot())
    #expect(abs(squares / n - 1.0 / 3) < 4 * (4.0 / 45 / n).squareRoot())
  }

  /// Correlation of two series of uniforms, in standard errors.
  private func correlation(_ a: (UInt64) -> UInt64, _ b: (UInt64) -> UInt64, count: Int = 100_000) -> Double {
    var sum = 0.0
    for index in 0..<UInt64(count) { sum += (a(index).unitInterval - 0.5) * (b(index).unitInterval - 0.5) }
    return sum * 12 / Double(count).squareRoot()
  }

  @Test func neighboursAreUncorrelated() {
    let other = StreamKey(seed: 42, replication: 0, entity: Mix.identity(of: "clientt"))
    let nextReplication = StreamKey(seed: 42, replication: 1, entity: Mix.identity(of: "clients"))
    let nextSeed = StreamKey(seed: 43, replication: 0, entity: Mix.identity(of: "clients"))
    let key = key
    for purpose in UInt64(0)..<4 {
      #expect(abs(correlation({ key.luck($0).bits(purpose) }, { key.luck($0 + 1).bits(purpose) })) < 4.5)
      #expect(abs(correlation({ key.luck($0).bits(purpose) }, { key.luck($0).bits(purpose + 1) })) < 4.5)
      for neighbour in [other, nextReplication, nextSeed] {
        #expect(abs(correlation({ key.luck($0).bits(purpose) }, { neighbour.luck($0).bits(purpose) })) < 4.5)
      }
      #expect(abs(correlation({ key.luck($0).bits(purpose) }, { key.luck($0).nested(0).bits(purpose) })) < 4.5)
    }
  }

  @Test func everyBitAndEveryByteIsFair() {
    let count = 100_000
    var ones = [Int](repeating: 0, count: 64)
    var bytes = [[Int]](repeating: [Int](repeating: 0, count: 256), count: 8)
    for index in 0..<UInt64(count) {
      let value = key.luck(index).bits(2)
      for bit in 0..<64 where value >> UInt64(bit) & 1 == 1 { ones[bit] += 1 }
      for byte in 0..<8 { bytes[byte][Int(value >> UInt64(byte * 8) & 255)] += 1 }
    }
    for bit in 0..<64 {
      let z = (Double(ones[bit]) - Double(count) / 2) / (Double(count).squareRoot() / 2)
      #expect(abs(z) < 4.5, "bit \(bit)")
    }
    let expected = Double(count) / 256
    for byte in 0..<8 {
      let chiSquare = bytes[byte].reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
      // 255 degrees of freedom: 1 in 100,000 lies outside.
      #expect(chiSquare > 165 && chiSquare < 362, "byte \(byte): \(chiSquare)")
    }
  }

  @Test func itemsDoNotCollide() {
    var seen = Set<UInt64>()
    for replication in 0..<10 {
      let key = StreamKey(seed: 1, replication: replication, entity: 7)
      for index in 0..<20_000 { seen.insert(key.luck(UInt64(index)).state) }
    }
    #expect(seen.count == 200_000)
  }

  @Test func nearestWholeIsWhatRoundingGives() {
    let luck = Luck(state: 3)
    for index in UInt64(0)..<10_000 {
      let value = luck.bits(index).unitInterval * (index % 2 == 0 ? 100 : 9e18)
      #expect(value.nearestWhole == Int64(value.rounded()))
    }
    for value in [0, 0.49999999999999994, 0.5, 1.5, 2.5, 4503599627370495.5, 9.2e18] {
      #expect(value.nearestWhole == Int64(value.rounded()))
    }
  }
}
