import CCurl
import CMicroHTTPD

/// The libraries behind connections and servers, which are opened when they are first needed: with
/// all that they bring, opening them takes longer than the way to the first picture may.
enum NetworkLibraries {
  /// Opens libcurl; throws `.noLibrary` if this machine has none that fits.
  static func openCurl() throws(TransportError) { try check(ccurl_failure()) }

  /// Opens libmicrohttpd; throws `.noLibrary` if this machine has none that fits.
  static func openServer() throws(TransportError) { try check(cmhd_failure()) }

  private static func check(_ failure: UnsafePointer<CChar>?) throws(TransportError) {
    if let failure { throw .noLibrary(String(cString: failure)) }
  }
}
