import CWslay
import Cryptography
import Glibc

/// WebSocket frames of one connection (RFC 6455), by wslay: bytes in give events, messages in give
/// bytes out. Knows no socket. Used on the network thread.
final class FrameCodec {
  enum Event: Equatable {
    case message(WebSocketMessage)
    case ping
    case pong([UInt8])
    /// The peer's close frame; its echo has been put into `output`.
    case close(code: UInt16, reason: String)
    /// The peer broke the protocol; a close frame with this code has been put into `output`.
    case violation(code: UInt16, String)
  }

  enum Role { case client, server }

  /// Frames waiting for the socket.
  var output = ByteQueue()

  let role: Role
  private var context: OpaquePointer?
  private let random: any RandomSource
  private var input = UnsafeRawBufferPointer(start: nil, count: 0)
  private var events: [Event] = []
  private var isFinished = false
  /// What has come of the frame that is being read, if it is a close frame.
  private var closing: [UInt8]?

  init(
    role: Role, messageBytes: Int, random: any RandomSource = SystemRandom()
  ) throws(TransportError) {
    self.role = role
    self.random = random
    var callbacks = wslay_event_callbacks()
    callbacks.recv_callback = frameCodecReceive
    callbacks.send_callback = frameCodecSend
    callbacks.genmask_callback = frameCodecMask
    callbacks.on_frame_recv_start_callback = frameCodecFrame
    callbacks.on_frame_recv_chunk_callback = frameCodecChunk
    callbacks.on_msg_recv_callback = frameCodecMessage
    let me = Unmanaged.passUnretained(self).toOpaque()
    let code =
      role == .client
      ? wslay_event_context_client_init(&context, &callbacks, me)
      : wslay_event_context_server_init(&context, &callbacks, me)
    guard code == 0 else { throw .io("no memory for a connection") }
    wslay_event_config_set_max_recv_msg_length(context, UInt64(max(messageBytes, 0)))
  }

  deinit { wslay_event_context_free(context) }

  /// Takes in what the socket gave. Nothing is read after a close frame or a violation.
  func receive(_ bytes: UnsafeRawBufferPointer) -> [Event] {
    guard !isFinished else { return [] }
    input = bytes
    events = []
    let code = wslay_event_recv(context)
    if code != 0 {
      // wslay would close without a status here (a control frame too long or fragmented, a length
      // not in its shortest form); RFC 6455 §7.4.1 has one.
      isFinished = true
      output.append(closeFrame(1002))
      events.append(.violation(code: 1002, "malformed frame"))
    } else if hasRefused, let (code, reason) = youngClose {
      isFinished = true
      output.append(closeFrame(code))
      events.append(.close(code: code, reason: reason))
    } else {
      wslay_event_send(context)
      if hasRefused {
        isFinished = true
        let code = wslay_event_get_status_code_sent(context)
        events.append(.violation(code: code, FrameCodec.meaning(of: code)))
      }
    }
    return events
  }

  /// Whether wslay has stopped reading because the peer broke the protocol.
  private var hasRefused: Bool {
    wslay_event_get_read_enabled(context) == 0 && wslay_event_get_close_received(context) == 0
  }

  /// A close with a code that was registered after wslay was written, which calls it wrong: service
  /// restart, try again later, bad gateway (1012 to 1014).
  private var youngClose: (code: UInt16, reason: String)? {
    guard let closing, closing.count >= 2 else { return nil }
    let code = UInt16(closing[0]) << 8 | UInt16(closing[1])
    guard 1012...1014 ~= code else { return nil }
    return (code, String(decoding: closing.dropFirst(2), as: UTF8.self))
  }

  func send(_ message: WebSocketMessage) {
    switch message {
    case .text(let text):
      var text = text
      text.withUTF8 { queue(WSLAY_TEXT_FRAME, $0) }
    case .binary(let bytes):
      bytes.withUnsafeBufferPointer { queue(WSLAY_BINARY_FRAME, $0) }
    }
  }

  func sendPing(_ payload: [UInt8]) {
    payload.withUnsafeBufferPointer { queue(WSLAY_PING, $0) }
  }

  /// `reason` is cut to the 123 bytes that a close frame holds.
  func sendClose(code: UInt16, reason: String) {
    guard !isFinished else { return }
    let reason = FrameCodec.cut(reason, to: 123)
    wslay_event_queue_close(context, code, reason, reason.count)
    wslay_event_send(context)
  }

  private func queue(_ opcode: wslay_opcode, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard !isFinished else { return }
    var message = wslay_event_msg(
      opcode: UInt8(opcode.rawValue), msg: bytes.baseAddress, msg_length: bytes.count)
    wslay_event_queue_msg(context, &message)
    wslay_event_send(context)
  }

  private func closeFrame(_ code: UInt16) -> [UInt8] {
    let payload = [UInt8(code >> 8), UInt8(code & 0xff)]
    guard role == .client else { return [0x88, 2] + payload }
    let mask = random.bytes(4)
    return [0x88, 0x82] + mask + zip(payload, mask).map { $0 ^ $1 }
  }

  private static func cut(_ text: String, to limit: Int) -> [UInt8] {
    var bytes = Array(text.utf8.prefix(limit))
    while String(validating: bytes, as: UTF8.self) == nil { bytes.removeLast() }
    return bytes
  }

  private static func meaning(of code: UInt16) -> String {
    switch code {
    case 1007: "text that is not UTF-8"
    case 1009: "a message beyond the size limit"
    default: "a frame against the protocol"
    }
  }

  fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let part = UnsafeRawBufferPointer(rebasing: input.prefix(buffer.count))
    buffer.copyMemory(from: part)
    input = UnsafeRawBufferPointer(rebasing: input.dropFirst(part.count))
    return part.count
  }

  fileprivate func fillMask(_ buffer: UnsafeMutableRawBufferPointer) {
    buffer.copyBytes(from: random.bytes(buffer.count))
  }

  fileprivate func begin(_ frame: wslay_event_on_frame_recv_start_arg) {
    closing = UInt32(frame.opcode) == WSLAY_CONNECTION_CLOSE.rawValue ? [] : nil
  }

  fileprivate func receiveChunk(_ chunk: wslay_event_on_frame_recv_chunk_arg) {
    closing?.append(
      contentsOf: UnsafeBufferPointer(start: chunk.data, count: chunk.data_length))
  }

  fileprivate func record(_ frame: wslay_event_on_msg_recv_arg) {
    let bytes = UnsafeBufferPointer(start: frame.msg, count: frame.msg_length)
    switch UInt32(frame.opcode) {
    case WSLAY_TEXT_FRAME.rawValue:
      events.append(.message(.text(String(decoding: bytes, as: UTF8.self))))
    case WSLAY_BINARY_FRAME.rawValue: events.append(.message(.binary(Array(bytes))))
    case WSLAY_PING.rawValue: events.append(.ping)
    case WSLAY_PONG.rawValue: events.append(.pong(Array(bytes)))
    case WSLAY_CONNECTION_CLOSE.rawValue:
      isFinished = true
      let code = frame.status_code == 0 ? 1005 : frame.status_code
      let reason = String(decoding: bytes.dropFirst(2), as: UTF8.self)
      events.append(.close(code: code, reason: reason))
    default: break
    }
  }
}

// wslay's callbacks, on the thread that called it; `data` is the codec, which outlives its context.

private func codec(_ data: UnsafeMutableRawPointer?) -> FrameCodec? {
  data.map { Unmanaged<FrameCodec>.fromOpaque($0).takeUnretainedValue() }
}

private func frameCodecReceive(
  _ context: OpaquePointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int, _ flags: Int32,
  _ data: UnsafeMutableRawPointer?
) -> Int {
  let target = UnsafeMutableRawBufferPointer(start: buffer, count: count)
  if let taken = codec(data)?.read(into: target), taken > 0 { return taken }
  wslay_event_set_error(context, Int32(WSLAY_ERR_WOULDBLOCK.rawValue))
  return -1
}

private func frameCodecSend(
  _ context: OpaquePointer?, _ bytes: UnsafePointer<UInt8>?, _ count: Int, _ flags: Int32,
  _ data: UnsafeMutableRawPointer?
) -> Int {
  codec(data)?.output.append(UnsafeRawBufferPointer(start: bytes, count: count))
  return count
}

private func frameCodecMask(
  _ context: OpaquePointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int,
  _ data: UnsafeMutableRawPointer?
) -> Int32 {
  codec(data)?.fillMask(UnsafeMutableRawBufferPointer(start: buffer, count: count))
  return 0
}

private func frameCodecFrame(
  _ context: OpaquePointer?, _ frame: UnsafePointer<wslay_event_on_frame_recv_start_arg>?,
  _ data: UnsafeMutableRawPointer?
) {
  if let frame { codec(data)?.begin(frame.pointee) }
}

private func frameCodecChunk(
  _ context: OpaquePointer?, _ chunk: UnsafePointer<wslay_event_on_frame_recv_chunk_arg>?,
  _ data: UnsafeMutableRawPointer?
) {
  if let chunk { codec(data)?.receiveChunk(chunk.pointee) }
}

private func frameCodecMessage(
  _ context: OpaquePointer?, _ frame: UnsafePointer<wslay_event_on_msg_recv_arg>?,
  _ data: UnsafeMutableRawPointer?
) {
  if let frame { codec(data)?.record(frame.pointee) }
}
