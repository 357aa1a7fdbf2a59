import CCurl
import Cryptography

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
