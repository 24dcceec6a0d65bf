import Stochastics
import Testing

@Suite struct LinearFitTests {
  @Test func findsTheLineThatPointsLieOn() {
    let x = [1.0, 2, 5, 9]
    let line = LinearFit.leastSquares(x: x, y: x.map { 3 - 0.5 * $0 })
    #expect(abs(line.intercept - 3) < 1e-12)
    #expect(abs(line.slope + 0.5) < 1e-12)
    #expect(abs(line(4) - 1) < 1e-12)
  }

  @Test func minimisesTheSquaresOfWhatIsLeft() {
    // Normal equations by hand: mean x 2, mean y 10/3, slope 3/2.
    let line = LinearFit.leastSquares(x: [1, 2, 3], y: [2, 3, 5])
    #expect(abs(line.slope - 1.5) < 1e-12)
    #expect(abs(line.intercept - (10.0 / 3 - 3)) < 1e-12)
  }

  @Test func keepsAGivenIntercept() {
    // Slope = Σ x (y - 1) / Σ x² = (1·1 + 2·2 + 3·4) / 14.
    let line = LinearFit.leastSquares(x: [1, 2, 3], y: [2, 3, 5], intercept: 1)
    #expect(line.intercept == 1)
    #expect(abs(line.slope - 17.0 / 14) < 1e-12)
  }
}
