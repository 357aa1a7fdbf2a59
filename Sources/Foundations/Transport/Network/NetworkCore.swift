import CCurl
import Clocks
import Cryptography

/// Something with a socket or a deadline on the network thread.
protocol NetworkMember: AnyObject {
  /// What to poll for (`CURL_WAIT_…`); nil while nothing is wanted.
  var interest: (descriptor: Int32, events: Int32)? { get }
  /// When to advance even without an event, on the loop's clock.
  var deadline: Duration? { get }
  /// Does what can be done without waiting.
  func advance(at now: Duration)
  /// Ends at once.
  func abort()
}

/// A curl transfer in progress.
protocol NetworkTransfer: AnyObject {
  var handle: CurlHandle { get }
  /// The transfer, or with `CONNECT_ONLY` the connecting, has ended. The handle is still registered.
  func finished(_ code: CURLcode)
  func abort()
}

/// Everything the network thread owns: curl's multi handle and the open connections. Never leaves
/// the thread.
///
/// It polls with the time to the next deadline, so that idle connections cause no wake-ups beside
/// their ping timers. Its clock is the machine's own: transport deadlines are real time.
final class NetworkCore {
  /// Where reads land before they are looked at; shared, since one thread reads one socket at a time.
  let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
  private(set) var isStopped = false

  private let multi: CurlMulti
  private let clock = SystemTime()
  private var members: [Int: any NetworkMember] = [:]
  private var transfers: [UnsafeMutableRawPointer: any NetworkTransfer] = [:]

  init(multi: CurlMulti) { self.multi = multi }

  deinit { scratch.deallocate() }

  var now: Duration { clock.uptime }

  func add(_ member: any NetworkMember, as identifier: Int) {
    members[identifier] = member
    member.advance(at: now)
  }

  func remove(_ identifier: Int) { members[identifier] = nil }

  func member(_ identifier: Int) -> (any NetworkMember)? { members[identifier] }

  /// Registers a transfer with curl; false if curl would not have it.
  func start(_ transfer: any NetworkTransfer) -> Bool {
    guard curl_multi_add_handle(multi.raw, transfer.handle.raw) == CURLM_OK else { return false }
    transfers[transfer.handle.raw] = transfer
    return true
  }

  /// Forgets the transfer but keeps its handle registered: curl finds a `CONNECT_ONLY` connection
  /// through it.
  func forget(_ transfer: any NetworkTransfer) { transfers[transfer.handle.raw] = nil }

  /// Takes the handle out of curl, which closes its connection or returns it to the pool.
  func release(_ handle: CurlHandle) {
    transfers[handle.raw] = nil
    curl_multi_remove_handle(multi.raw, handle.raw)
  }

  func stop() {
    for transfer in Array(transfers.values) { transfer.abort() }
    for member in Array(members.values) { member.abort() }
    isStopped = true
  }

  /// One turn of the loop: curl's work, deadlines, then sleep until something happens.
  func turn() {
    performTransfers()
    let start = now
    for member in Array(members.values) {
      if let deadline = member.deadline, deadline <= start { member.advance(at: start) }
    }
    guard !isStopped else { return }
    waitAndAdvance()
  }

  private func performTransfers() {
    var running: Int32 = 0
    curl_multi_perform(multi.raw, &running)
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi.raw, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else {
        continue
      }
      transfers[handle]?.finished(message.pointee.data.result)
    }
  }

  private func waitAndAdvance() {
    var waits: [curl_waitfd] = []
    var polled: [any NetworkMember] = []
    var deadline: Duration?
    for member in members.values {
      if let interest = member.interest {
        waits.append(
          curl_waitfd(fd: interest.descriptor, events: Int16(interest.events), revents: 0))
        polled.append(member)
      }
      if let next = member.deadline { deadline = min(deadline ?? next, next) }
    }
    var ready: Int32 = 0
    curl_multi_poll(multi.raw, &waits, UInt32(waits.count), timeout(until: deadline), &ready)
    for (member, wait) in zip(polled, waits) where wait.revents != 0 {
      member.advance(at: now)
    }
  }

  /// Whole milliseconds, rounded up so that a deadline has passed when the loop wakes for it.
  private func timeout(until deadline: Duration?) -> Int32 {
    guard let deadline else { return .max }
    let left = max(.zero, deadline - now)
    return Int32(clamping: (left + .nanoseconds(999_999)).milliseconds)
  }
}

/// curl's multi handle: the loop's poll, and what wakes it.
///
/// `@unchecked`: all of it is used on the network thread alone but `wakeUp`, which curl allows
/// anywhere.
final class CurlMulti: @unchecked Sendable {
  let raw: UnsafeMutableRawPointer?

  init() {
    _ = CurlMulti.isCurlReady
    raw = curl_multi_init()
  }

  deinit { curl_multi_cleanup(raw) }

  /// Ends the current or the next `curl_multi_poll`; from any thread.
  func wakeUp() { curl_multi_wakeup(raw) }

  /// curl's own start-up, once a process.
  private static let isCurlReady =
    OpenSSLLifetime.outlivesExit && curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
