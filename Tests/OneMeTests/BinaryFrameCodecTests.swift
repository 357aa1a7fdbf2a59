import Cryptography
import JSON
import Testing
import Transport

@testable import OneMe

/// Frames as MessagePack, by the vectors of the notes.
struct BinaryFrameCodecTests {
  @Test func writesTheVectorOfAPing() throws {
    let header = FrameHeader(command: .request, sequence: 5, opcode: .ping)
    let message = try BinaryFrameCodec().encode(header, payload: ["interactive": true])
    #expect(message == binary("0a00000500010000000e81ab696e746572616374697665c3"))
  }

  @Test func readsTheVectors() throws {
    let vector = binary("0a00000500010000000e81ab696e746572616374697665c3")
    let ping = try Frame(vector)
    #expect(ping.header == FrameHeader(command: .request, sequence: 5, opcode: .ping))
    #expect(try Frame.payload(of: vector) { try $0.object().flag("interactive") } == true)

    let empty = binary("0a010005000100000000")
    let pong = try Frame(empty)
    #expect(pong.header == FrameHeader(command: .answer, sequence: 5, opcode: .ping))
    #expect(try Frame.payload(of: empty) { try $0.object().flag("interactive") } == nil)

    let error = try Frame(
      binary(
        "0a0300070013" + "01" + "00002e"
          + "f01d82a56572726f72ab6c6f67696e2e746f6b656ea76d657373616765b04641494c5f4c4f47494e5f544f4b454e"
      ))
    #expect(error.header == FrameHeader(command: .error, sequence: 7, opcode: .logIn))
    #expect(error.refusal == OneMeRefusal(code: "login.token", detail: "FAIL_LOGIN_TOKEN"))

    let question = binary(
      "0a0000090031" + "01" + "000039"
        + "f02885a663686174496403a466726f6dcf000001a0c4506fe7a7666f727761726400a86261636b776172641eab6765744d65737361676573c3"
    )
    let history = try Frame(question)
    #expect(history.header == FrameHeader(command: .request, sequence: 9, opcode: .history))
    let page = try Frame.payload(of: question) { value in
      let object = try value.object()
      return [object.number("chatId"), object.number("from"), object.number("backward")]
    }
    #expect(page == [3, 1_790_000_000_999, 30])
  }

  @Test(arguments: [31, 32, 5000])
  func compressesLongBodies(length: Int) throws {
    let header = FrameHeader(command: .request, sequence: 1, opcode: .search)
    // A text of n bytes is n + 1 or n + 2 or n + 3 of MessagePack.
    let text = String(repeating: "a", count: length < 32 ? length - 1 : length)
    let message = try BinaryFrameCodec().encode(header, payload: text)
    guard case .binary(let bytes) = message else { throw Unexpected(text: "text") }
    #expect((bytes[6] == 0) == (length < 32))
    #expect(length < 5000 || bytes.count < 200)
    #expect(try Frame.payload(of: message, String.init(from:)) == text)
  }

  @Test func namesMessagesByNumber() throws {
    let header = FrameHeader(command: .request, sequence: 1, opcode: .messages)
    let choice = MessageChoice(chatId: 1, messageIds: [MessageID(.max)])
    let message = try BinaryFrameCodec().encode(header, payload: choice)
    let tree = try Frame.payload(of: message) { JSONValue($0) }
    guard case .object(let fields)? = tree else { throw Unexpected(text: "no tree") }
    #expect(fields["messageIds"] == .array([.integer(.max)]))
    let text = ComparableJSON(try JSONFrameCodec().encode(header, payload: choice))
    #expect(
      text
        == ComparableJSON(
          #"{"ver":11,"cmd":0,"seq":1,"opcode":71,"payload":{"chatId":1,"messageIds":["9223372036854775807"]}}"#
        ))
  }

  @Test(arguments: [
    ("", FrameError.noHeader), ("0a0100050001000000", .noHeader),
    ("0b010005000100000000", .version(11)), ("0a010005000100000001", .badLength),
    ("0a01000500010000000080", .badLength), ("0a0100050001ff00000180", .zstd),
    ("0a010005000101000002f0ff", .badCompression), ("0a010005000100000001c1", .notMessagePack),
    ("0a0100050001000000028080", .notMessagePack), ("0a0100050001000000019f", .notMessagePack),
  ])
  func refuses(hexadecimal: String, error: FrameError) {
    #expect(throws: error) { try Frame(binary(hexadecimal)) }
  }

  @Test func refusesABodyThatExpandsBeyondTheCap() throws {
    let content = [UInt8](repeating: 0, count: BinaryFrameCodec.contentBytes + 1)
    let block = try #require(LZ4Block.compress(content))
    let head: [UInt8] = [
      10, 1, 0, 0, 0, 1, 254, UInt8(block.count >> 16), UInt8(block.count >> 8 & 255),
      UInt8(block.count & 255),
    ]
    #expect(throws: FrameError.badCompression) { try Frame(.binary(head + block)) }
  }

  @Test func refusesToWriteWhatDoesNotFit() {
    for opcode in [-1, 1 << 16] {
      let header = FrameHeader(
        command: .request, sequence: 1, opcode: Opcode(rawValue: opcode))
      #expect(throws: FrameError.tooLarge) { try BinaryFrameCodec().encode(header, payload: true) }
    }
    // LZ4 finds no repetition that lies so far back.
    let tile = SeededRandom(seed: 1).bytes(100_000)
    let content = (0..<168).flatMap { _ in tile }
    #expect(throws: FrameError.tooLarge) {
      try BinaryFrameCodec.frame(
        FrameHeader(command: .request, sequence: 1, opcode: .ping), content: content)
    }
  }

  @Test(arguments: [
    ("wss://api.oneme.ru/websocket", OneMeConfiguration.Codec.automatic, true),
    ("wss://API.oneme.ru:443/websocket", .automatic, true),
    ("wss://api2.oneme.ru", .automatic, true),
    ("wss://ws-api.oneme.ru/websocket", .automatic, false),
    ("wss://api.oneme.ru.example.org/websocket", .automatic, false),
    ("ws://127.0.0.1:1/binary/websocket", .automatic, true),
    ("ws://127.0.0.1:1/?x=/binary/", .automatic, false),
    ("ws://127.0.0.1:1/", .automatic, false), ("nonsense", .automatic, false),
    ("wss://api.oneme.ru/websocket", .json, false), ("ws://127.0.0.1:1/", .binary, true),
  ])
  func isChosenByAddressOrSetting(url: String, codec: OneMeConfiguration.Codec, isBinary: Bool) {
    var configuration = OneMeConfiguration(deviceId: "d")
    configuration.url = url
    configuration.codec = codec
    #expect(configuration.isBinary == isBinary)
  }

  private func binary(_ hexadecimal: String) -> WebSocketMessage {
    .binary(Hexadecimal.decode(hexadecimal) ?? [])
  }
}
