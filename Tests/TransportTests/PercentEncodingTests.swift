import Testing
import Transport

struct PercentEncodingTests {
  @Test(arguments: [
    ("", ""), ("aZ09-._~", "aZ09-._~"), ("a b+c", "a%20b%2Bc"), ("\r\n\"", "%0D%0A%22"),
    ("ё", "%D1%91"), ("+14155550123.1", "%2B14155550123.1"), ("a\u{0}b", "a%00b"),
  ])
  func goesThereAndBack(plain: String, encoded: String) {
    #expect(PercentEncoding.encode(plain) == encoded)
    #expect(PercentEncoding.decode(encoded) == plain)
  }

  @Test(arguments: [
    ("%", "%"), ("100%", "100%"), ("%4", "%4"), ("%zz", "%zz"), ("%+1", "%+1"), ("%4a%4A", "JJ"),
    ("a+b", "a+b"), ("%ff", "\u{FFFD}"),
  ])
  func whatIsNoEscapeStays(encoded: String, plain: String) {
    #expect(PercentEncoding.decode(encoded) == plain)
  }
}
