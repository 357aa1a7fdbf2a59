import Testing
import Transport

struct HTTPHeadersTests {
  @Test(arguments: [
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sat, 21 Nov 2026 12:44:07 GMT", 1_795_265_047_000),
    ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199_000),
    ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200_000),
    ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400_000),
  ])
  func readsAndWritesTheServersClock(text: String, milliseconds: Int64) {
    #expect(HTTPHeaders(dictionaryLiteral: ("date", text)).date == milliseconds)
    #expect(HTTPHeaders.dateText(milliseconds + 999) == text)
  }

  @Test(arguments: [
    "", "now", "Sat, 21 Now 2026 12:44:07 GMT", "Sat, 21 Nov 2026 25:44:07 GMT",
    "Sat, 99 Nov 2026 12:44:07 GMT", "Sat, 21 Nov 99999999999999999999 12:44:07 GMT",
    String(repeating: " ", count: 10_000),
  ])
  func takesNoNonsenseForADate(text: String) {
    #expect(HTTPHeaders(dictionaryLiteral: ("Date", text)).date == nil)
  }
}
