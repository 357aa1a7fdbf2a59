import Glibc
import Testing

@testable import Transport

/// What the two ways in which a peer goes look like to the side that stays.
struct SocketChannelTests {
  private let ours: Int32
  private let theirs: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    (ours, theirs) = (ends[0], ends[1])
  }

  @Test func aWriteAfterAnOrderlyEndIsTheEnd() {
    let channel = SocketChannel(descriptor: ours) { [ours] in close(ours) }
    defer { channel.close() }
    close(theirs)
    #expect([1].withUnsafeBytes { channel.write($0) } == .end)
  }

  @Test func anEndThatLeavesBytesUnreadIsAReset() {
    let channel = SocketChannel(descriptor: ours) { [ours] in close(ours) }
    defer { channel.close() }
    #expect([1].withUnsafeBytes { channel.write($0) } == .bytes(8))
    close(theirs)
    var buffer: [UInt8] = [0]
    #expect(buffer.withUnsafeMutableBytes { channel.read(into: $0) } == .reset)
  }
}
