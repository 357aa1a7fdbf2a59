import Accounts
import FoundationEssentials
import TestSupport
import Testing

@testable import Program

/// `tercet export`: RFC 4180, and nothing that a spreadsheet would calculate.
struct ExportTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("two\r\nlines", "\"two\r\nlines\""),
    ("=1+1", "'=1+1"), ("+7 999", "'+7 999"), ("@SUM(A1)", "'@SUM(A1)"), ("-cmd", "'-cmd"),
    ("-1.5", "-1.5"), ("-", "'-"), ("=A,B", "\"'=A,B\""), ("\t=1", "' =1"), ("\r=1", "' =1"),
    ("\r\n=1", "\"'\r\n=1\""), (" =1+1", "' =1+1"), ("\u{a0}\u{200b}@A1", "'\u{a0}@A1"),
    ("\u{feff}=1", "'=1"), ("\u{fff9}=1", "'=1"), ("＝1", "'＝1"), ("+14155550100", "+14155550100"),
    ("'tis", "''tis"), ("'=1", "''=1"), (" plain", " plain"), (" +1", "' +1"), ("+", "'+"),
  ])
  func writesAField(text: String, field: String) {
    #expect(CSV.line([text, nil]) == "\(field),\r\n")
  }

  /// Whoever shows the file in a terminal gets what `tercet messages` would show; lines stay lines.
  @Test(arguments: [
    ("\u{1b}[2Jgone", "␛[2Jgone"), ("ding\u{7}", "ding␇"), ("back\u{8}\u{7f}", "back␈␡"),
    ("\u{9b}31mred", "\u{fffd}31mred"), ("over\rwritten", "over written"), ("a\tb", "a b"),
    ("abc\u{202e}fdp.exe", "abc\u{fffd}fdp.exe"), ("soft\u{ad}hyphen", "softhyphen"),
    ("three\n\u{1b}c\r\nlines", "\"three\n␛c\r\nlines\""), ("Привет 👋🏽 é", "Привет 👋🏽 é"),
    (String(repeating: "long ", count: 9_000), String(repeating: "long ", count: 9_000)),
  ])
  func writesNothingThatATerminalObeys(text: String, field: String) {
    #expect(CSV.line([text, nil]) == "\(field),\r\n")
  }

  @Test func exportsOrdersInBothForms() async throws {
    let person = try Person(try await Servers())
    try await person.signInToTrading()
    for id in ["first", "second"] {
      let report = try await person.run(
        "swap ETH USDT 0.1 --slippage-bps 50 --yes --client-order-id \(id)")
      #expect(report.code == 0)
    }
    let csv = try await person.run("export orders")
    #expect(csv.code == 0 && csv.errors == [] && csv.output.count == 3)
    #expect(csv.output.allSatisfy { $0.hasSuffix("\r") })
    let rows = csv.output.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.map { $0[0] } == ["clientOrderId", "first", "second"])
    #expect(Set(rows.map(\.count)) == [13])
    let lines = try await person.lines("export orders", as: OrderOutput.self)
    #expect(lines.map(\.clientOrderId) == ["first", "second"])
    // It works signed out, and without a server.
    #expect(try await person.run("logout trading").code == 0)
    #expect(try await person.run("export orders --format jsonl").output.count == 2)
    #expect(try await person.run("export secrets").code == 2)
    #expect(try await person.run("export orders --format xml").code == 2)
  }

  @Test func exportsEveryMessage() async throws {
    let person = try Person(try await Servers())
    try await person.signInToMax()
    let page = try await person.lines(
      "messages \(MaxChatTests.pavel) --limit 120", as: MessageOutput.self)
    let all = try await person.lines("export messages", as: MessageOutput.self)
    #expect(Set(all.map(\.id)).isSuperset(of: page.map(\.id)))
    let chat = all.filter { $0.chat.text == MaxChatTests.pavel }.map(\.at)
    #expect(chat == chat.sorted())
  }
}
