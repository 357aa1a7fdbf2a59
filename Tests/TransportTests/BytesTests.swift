import Testing

@testable import Transport

@Suite struct BytesTests {
  @Test(arguments: [
    ("", "", true), ("a", "", true), ("", "a", false), ("abc", "abc", true),
    ("abc", "abcd", false), ("aab", "ab", true), ("xaxaxb", "axb", true),
    ("xaxaxb", "axc", false), ("Привет", "вет", true), ("cafe\u{301}", "caf\u{e9}", false),
    ("cafe\u{301}", "e\u{301}", true), ("aaaa", "aaaaa", false),
  ])
  func aPartIsFoundByteForByte(whole: String, part: String, isFound: Bool) {
    #expect(whole.holdsBytes(of: part) == isFound)
  }
}
