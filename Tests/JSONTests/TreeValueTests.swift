import Testing

@testable import JSON

/// What can be asked of a document.
struct TreeValueTests {
  private func root(_ text: String) throws -> TreeValue {
    try JSONReader.read(text, strictTexts: true).root
  }

  @Test(
    "A number is kept as it was written, and reckoned exactly or not at all",
    arguments: [
      ("0", Int64(0), Double(0)), ("-0", 0, 0), ("1.0", 1, 1), ("1.50", nil, 1.5),
      ("-2e+3", -2000, -2000), ("9007199254740993", 9_007_199_254_740_993, 9_007_199_254_740_992),
      ("9223372036854775807", .max, 0x1p63), ("-9223372036854775808", .min, -0x1p63),
      ("9223372036854775808", nil, 0x1p63), ("1e300", nil, 1e300), ("1e999", nil, nil),
      ("123456789012345678901234.123456789012345678", nil, 1.2345678901234568e23),
    ])
  func numbers(text: String, integer: Int64?, number: Double?) throws {
    let value = try root(text)
    #expect(value.numeral == text)
    #expect(value.integer == integer)
    #expect(value.number == number)
    #expect(value.text == nil)
  }

  @Test func whatIsOfAnotherKindIsNone() throws {
    let values = try #require(root(#"["1",true,null,{},[]]"#).elements)
    #expect(values.allSatisfy { $0.numeral == nil && $0.integer == nil && $0.number == nil })
    #expect(values.map { $0.text } == ["1", nil, nil, nil, nil])
    #expect(values.map { $0.bool } == [nil, true, nil, nil, nil])
    #expect(values.map { $0.isNull } == [false, false, true, false, false])
    #expect(values.map { TreeObject($0) != nil } == [false, false, false, true, false])
    #expect(values.map { $0.elements != nil } == [false, false, false, false, true])
  }

  @Test func theFirstOfANameCounts() throws {
    let object = try root(#"{"b":{"a":0},"ab":1,"a":2,"a":3,"\u0062":4,"é":5}"#).object()
    #expect(object["a"]?.integer == 2)
    #expect(object["b"]?.integer == nil)
    #expect(object["c"] == nil)
    #expect(object["é"]?.integer == 5)
    #expect(object.fields.map(\.name) == ["b", "ab", "a", "a", "b", "é"])
  }

  @Test("Names are compared by their bytes, escaped or not")
  func names() throws {
    #expect(try root(#"{"\u006fp":1}"#).object()["op"]?.integer == 1)
    #expect(try root(#"{"\u212a":1}"#).object()["K"] == nil)
    #expect(try root("{\"e\u{301}\":1}").object()["é"] == nil)
    let long = "aNameThatIsLongerThanAnyOther"
    #expect(try root("{\"\(long)\":1}").object()["aNameThatIsLongerThanSomeOther"] == nil)
  }

  @Test func whatCannotBeReadSaysWhereItStands() throws {
    let list = try #require(root(#"{"x":0,"a":[{},{"b":"c"}]}"#).object()["a"]?.elements)
    let value = try #require(Array(list)[1].object()["b"])
    #expect(path(value) == ["a", "1", "b"])
    let tree = ValueTree(
      bytes: [], nodes: [.init(kind: .null, end: 1, bits: 0)], path: ["payload"])
    #expect(path(tree.root) == ["payload"])
  }

  @Test("Of many neighbours not all are counted: a list of nonsense must not be slow to refuse")
  func farNeighbours() throws {
    let text = "[" + String(repeating: "[],", count: 3000) + "[]]"
    let list = Array(try #require(root(text).elements))
    #expect(path(list[999]) == ["999"])
    #expect(list[1500...].allSatisfy { path($0) == ["…"] })
  }

  private func path(_ value: TreeValue) -> [String] {
    guard case .typeMismatch(_, let context) = value.mismatch(Bool.self) else { return [] }
    return context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
  }
}
