import Stochastics
import Testing

/// The laws behind intervals and tests, against printed tables.
@Suite struct QuantilesTests {
  @Test func normal() {
    #expect(abs(Normal.quantile(0.975) - 1.959_963_985) < 1e-9)
    #expect(abs(Normal.cdf(1.959_963_985) - 0.975) < 1e-9)
    #expect(Normal.quantile(0.5) == 0)
    #expect(Normal.quantile(1) == .infinity)
    #expect(Normal.quantile(1.5).isNaN)
    #expect(Normal.quantile(.nan).isNaN)
  }

  @Test func studentT() {
    #expect(abs(StudentT.quantile(0.975, degreesOfFreedom: 9) - 2.262_157) < 1e-6)
    #expect(abs(StudentT.quantile(0.995, degreesOfFreedom: 1) - 63.656_741) < 1e-5)
    #expect(abs(StudentT.quantile(0.975, degreesOfFreedom: 1e6) - 1.959_966) < 1e-5)
    #expect(abs(StudentT.cdf(2.262_157, degreesOfFreedom: 9) - 0.975) < 1e-7)
    #expect(StudentT.quantile(0.975, degreesOfFreedom: 0).isNaN)
    #expect(StudentT.cdf(1, degreesOfFreedom: -1).isNaN)
  }

  @Test func chiSquare() {
    #expect(abs(ChiSquare.quantile(0.95, degreesOfFreedom: 10) - 18.307_038) < 1e-6)
    #expect(abs(ChiSquare.survival(18.307_038, degreesOfFreedom: 10) - 0.05) < 1e-7)
    #expect(ChiSquare.quantile(-0.1, degreesOfFreedom: 10).isNaN)
    #expect(ChiSquare.survival(1, degreesOfFreedom: 0).isNaN)
  }
}
