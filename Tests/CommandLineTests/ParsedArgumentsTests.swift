import Domain
import Testing

@testable import Program

/// The words of a command line, sorted.
struct ParsedArgumentsTests {
  private func parse(_ line: String) throws -> ParsedArguments {
    try ParsedArguments(line.split(separator: " ").map(String.init), commands: .whole)
  }

  private func complaint(_ line: String) throws -> String {
    let error = try #require(throws: UserError.self) { try parse(line) }
    #expect(error.kind == .usage && error.code == "usage")
    return error.message
  }

  @Test func findsTheLongestCommand() throws {
    #expect(try parse("orders").subcommand?.name == "orders")
    #expect(try parse("orders verify").subcommand?.name == "orders verify")
    #expect(try parse("login trading").subcommand?.name == "login trading")
    #expect(try parse("").subcommand == nil)
  }

  @Test func takesGlobalOptionsBeforeTheCommandAndAfterIt() throws {
    let before = try parse("--data-dir /d --json status")
    let after = try parse("status --json --data-dir /d")
    for arguments in [before, after] {
      #expect(arguments.subcommand?.name == "status")
      #expect(arguments["data-dir"] == "/d" && arguments.has("json"))
      #expect(arguments.operands.isEmpty)
    }
  }

  @Test func takesAValueWithASpaceOrAnEqualsSign() throws {
    #expect(try parse("messages max:1 --limit 7")["limit"] == "7")
    #expect(try parse("messages max:1 --limit=7")["limit"] == "7")
    #expect(try parse("messages max:1 --before=a=b")["before"] == "a=b")
    #expect(try parse("messages max:1 --before=")["before"] == "")
  }

  @Test func aValueMayBeginWithADash() throws {
    #expect(try parse("messages max:1 --before -5")["before"] == "-5")
    #expect(try parse("--profile status status")["profile"] == "status")
  }

  @Test func theLastValueWinsAndAllAreKept() throws {
    let arguments = try parse("status --timeout 1 --timeout 2")
    #expect(arguments["timeout"] == "2" && arguments.all("timeout") == ["1", "2"])
  }

  @Test func everythingAfterTwoDashesIsAnOperand() throws {
    let arguments = try parse("vcp -- --reveal")
    #expect(arguments.operands == ["--reveal"] && !arguments.has("reveal"))
  }

  @Test func aNegativeChatIsAnOperandAfterTwoDashesOnly() throws {
    #expect(try parse("messages -- max:-71").operands == ["max:-71"])
    #expect(try complaint("messages -71") == "there is no option `-71`")
  }

  @Test(arguments: [
    ("nonsense", "there is no command `nonsense`"),
    ("login", "`login` needs one of max, trading, textsecure"),
    ("status --nonsense", "there is no option `--nonsense`"),
    ("status -json", "there is no option `-json`"),
    ("status --v", "there is no option `--v`"),
    ("status --limit 3", "there is no option `--limit`"),
    ("status --json=yes", "`--json` takes no value"),
    ("status --timeout", "`--timeout` needs a value"),
    ("status surplus", "usage: tercet status"),
    ("vcp", "usage: tercet vcp STRING [--reveal]"),
    ("estimate ETH USDT", "usage: tercet estimate FROM TO AMOUNT [--network N] [--filter a,b]"),
  ])
  func refuses(line: String, message: String) throws {
    #expect(try complaint(line) == message)
  }

  @Test func helpNeedsNoOperands() throws {
    let arguments = try parse("vcp --help")
    #expect(arguments.has("help") && arguments.subcommand?.name == "vcp")
  }

  @Test func readsWholeNumbersWithinARange() throws {
    #expect(try parse("messages a --limit 10").integer("limit", in: 1...10) == 10)
    #expect(try parse("messages a").integer("limit", in: 1...10) == nil)
    for text in ["0", "11", "x", "1.5", "+", "99999999999999999999", "0x5"] {
      let arguments = try parse("messages a --limit \(text)")
      #expect(throws: UserError.self) { try arguments.integer("limit", in: 1...10) }
    }
  }
}
