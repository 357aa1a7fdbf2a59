import Testing

@testable import Sandbox

@Suite struct AmountTests {
  @Test(arguments: [
    "0", "1", "101.23", "0.000000000000000001", "999999999999.999999999999999999",
  ])
  func keepsPlainTextExactly(text: String) {
    #expect(Amount(text)?.description == text)
  }

  @Test func dropsTrailingZeros() { #expect(Amount("100.00")?.description == "100") }

  @Test(arguments: [
    "", ".", "1.", ".5", "01", "00", "-1", "+1", "1e3", "1,5", " 1", "1 ", "0x1", "١",
    "1000000000000", "0.0000000000000000001", "1.2.3",
  ])
  func refusesEverythingElse(text: String) { #expect(Amount(text) == nil) }

  @Test func countsExactly() throws {
    let amount = try #require(Amount("1.5"))
    let price = try #require(Amount("2163.78"))
    let big = try #require(Amount("999999999999"))
    let product: Amount? = amount * price
    let out = try #require(product)
    #expect(out.description == "3245.67")
    #expect((out / price as Amount?)?.description == "1.5")
    #expect((amount / big as Amount?)?.description == "0.0000000000015")
    let tooMuch: Amount? = big * big
    #expect(tooMuch == nil)
    let undefined: Amount? = big / Amount.zero
    #expect(undefined == nil)
    #expect(amount - price == Amount.zero)
    #expect(out.basisPoints(30).description == "9.73701")
    #expect(out.basisPoints(30).floored(to: 2).description == "9.73")
  }
}

@Suite struct RawObjectTests {
  @Test func cutsMembersAsTheyStand() throws {
    let text = #" { "a" : [1, {"b":"}"} ] , "d\u0061ta":{ "x" : "\\\"," },"n":-1.5e3 , "t":true}"#
    let object = try #require(RawObject(Array(text.utf8)))
    func member(_ name: String) -> String? {
      object[name].map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(member("a") == #"[1, {"b":"}"} ]"#)
    #expect(member("data") == #"{ "x" : "\\\"," }"#)
    #expect(member("n") == "-1.5e3")
    #expect(member("t") == "true")
    #expect(member("missing") == nil)
  }

  @Test(arguments: [
    "", "{", "[]", "1", "{\"a\":}", "{\"a\" 1}", "{'a':1}", #"{"a":1,"a":2}"#,
    #"{"a":1,"\u0061":2}"#, "{\"a\":1} x",
  ])
  func refusesWhatIsNoObjectOrAmbiguous(text: String) {
    #expect(RawObject(Array(text.utf8)) == nil)
  }
}
