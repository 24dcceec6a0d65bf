import Reporting
import Testing

@Suite struct NeutralTests {
  @Test(arguments: [
    ("=cmd()|", "'=cmd()|"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
    ("\rx", "'\rx"),
    ("\n=x", "'\n=x"), ("＝x", "'＝x"), ("plain", "plain"), ("a=b", "a=b"), ("", ""),
    ("a\u{0}b\u{1B}", "a\u{FFFD}b\u{FFFD}"),
    ("a\tb\n", "a\tb\n"),
  ])
  func spreadsheetsSeeNoFormula(text: String, neutral: String) {
    #expect(Neutral.spreadsheet(text) == neutral)
  }

  @Test(arguments: [
    ("\u{1B}[31mred", "\\u{1B}[31mred"), ("a\nb", "a\\u{A}b"), ("a\u{202E}b", "a\\u{202E}b"),
    ("\u{9B}2J", "\\u{9B}2J"), ("a\u{200B}b", "a\\u{200B}b"), ("a\u{2028}b", "a\\u{2028}b"), ("\r", "\\u{D}"),
    ("São Paulo", "São Paulo"), ("東京", "東京"),
  ])
  func terminalsObeyNothing(text: String, neutral: String) {
    #expect(Neutral.terminal(text) == neutral)
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert\\(1\\)&lt;/script&gt;"), ("a|b", "a\\|b"),
    ("a&b", "a&amp;b"), ("**x**", "\\*\\*x\\*\\*"), ("[x](y)", "\\[x\\]\\(y\\)"), ("`x`", "\\`x\\`"),
    ("a\\|b", "a\\\\\\|b"), ("https://x.y", "https&#58;//x.y"), ("www.x", "www&#46;x"),
    ("a\nb", "a\\\\u\\{A\\}b"),
    ("me@x.y", "me&#64;x.y"), ("near-region", "near-region"),
  ])
  func pagesSeeNoMarkup(text: String, neutral: String) {
    #expect(Neutral.markdown(text) == neutral)
  }
}
