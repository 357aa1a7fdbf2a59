import JSON
import Transport

/// A frame of the server, taken apart once; what its payload says is read where it is wanted.
struct Frame: Sendable {
  var header: FrameHeader
  /// The error it is or carries; nil for everything but answers.
  var refusal: OneMeRefusal?
  /// Nil for one that is null or absent.
  var payload: TreeValue?

  /// What a server sent, in the form it came in: servers were seen to mix them (MAX protocol notes
  /// §2.1).
  ///
  /// - Throws: `FrameError` for what is no frame.
  init(_ message: WebSocketMessage) throws(FrameError) {
    let payload: TreeValue?
    (header, payload) =
      switch message {
      case .text(let text): try Frame.open(text)
      case .binary(let bytes): try BinaryFrameCodec.open(bytes)
      }
    self.payload = payload.flatMap { $0.isNull ? nil : $0 }
    // Only an object can carry an error; any other payload is for its reader to refuse.
    refusal = OneMeRefusal(in: payload.flatMap(TreeObject.init), command: header.command)
  }

  /// The frame that a JSON text is (seed 000, Message Format).
  private static func open(_ text: String) throws(FrameError) -> (FrameHeader, TreeValue?) {
    guard let tree = try? JSONReader.read(text), let object = TreeObject(tree.root) else {
      throw .notJSON
    }
    guard let opcode = object.number("opcode").flatMap(Int.init(exactly:)) else { throw .noOpcode }
    let command = object.number("cmd").flatMap(Int.init(exactly:)) ?? 0
    let header = FrameHeader(
      // A command nobody has seen yet is not an answer to anything.
      command: FrameHeader.Command(rawValue: command) ?? .request,
      sequence: object.number("seq").flatMap(Int.init(exactly:)),
      opcode: Opcode(rawValue: opcode))
    return (header, object["payload"])
  }
}

/// Why a message is no frame.
enum FrameError: Error, Equatable {
  case notJSON
  case noOpcode
  /// Fewer than the ten bytes of a binary header.
  case noHeader
  /// A form of the protocol that nobody has seen yet.
  case version(UInt8)
  /// The length in the header is not that of what follows.
  case badLength
  /// The body is compressed with zstd, which this client does not read.
  case zstd
  /// The body is no LZ4 block, or expands beyond the cap.
  case badCompression
  case notMessagePack
  /// A frame of ours that the binary form cannot hold.
  case tooLarge

  /// A phrase.
  var reason: String {
    switch self {
    case .notJSON: "not a JSON object"
    case .noOpcode: "no opcode"
    case .noHeader: "shorter than a header"
    case .version(let version): "version \(version) of the binary form is not known"
    case .badLength: "its length is not the one it names"
    case .zstd: "compressed with zstd, which this client does not read: choose the JSON form"
    case .badCompression: "not an LZ4 block, or too large when expanded"
    case .notMessagePack: "not a MessagePack value"
    case .tooLarge: "larger than a frame can be"
    }
  }
}

/// Everything of a frame but its payload (seed 000, Message Fields).
struct FrameHeader: Sendable, Equatable {
  /// Which side a frame is of; servers also send 0 for what nobody asked (MAX protocol notes §2.3).
  enum Command: Int, Sendable {
    case request = 0
    case answer = 1
    case notFound = 2
    case error = 3
  }

  var command: Command
  /// Counts each side's own requests; an answer repeats that of its request. A push may lack it.
  var sequence: Int?
  var opcode: Opcode
}

/// How frames are written.
///
/// Servers speak JSON text (version 11, the seed's) and a binary form (version 10) with the same
/// opcodes and field names; the client sees neither. Reading needs no choice: see `Frame`.
protocol FrameCodec: Sendable {
  /// A whole frame.
  func encode(_ header: FrameHeader, payload: some Encodable) throws -> WebSocketMessage
}
