import CCurl
import Glibc

/// One easy handle of curl with the settings that every connection of this program has.
final class CurlHandle {
  let raw: UnsafeMutableRawPointer
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  /// By which the issuer of a certificate that is not known can be asked for.
  private let issuerNumber: Int?
  private var headerList: UnsafeMutablePointer<curl_slist>?
  /// Open until the connection has ended.
  private let unixSocket: UnixSocketPath?
  private let address: Address

  /// Ready to connect to `address`, through `proxy` or, without one, as the environment says. Throws
  /// `.io` when there is no memory.
  init(
    address: Address, certificateAuthorityFile: String?, unixSocketPath: String?, proxy: String?
  ) throws(TransportError) {
    unixSocket = try unixSocketPath.map { path throws(TransportError) in
      try UnixSocketPath(path)
    }
    guard let raw = curl_easy_init() else { throw .io("no memory for a connection") }
    self.raw = raw
    self.address = address
    issuerNumber = address.isSecure ? CertificateIssuer.watch(raw) : nil
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    ccurl_set_pointer(raw, CURLOPT_ERRORBUFFER, errorText)
    set(CURLOPT_URL, address.url)
    set(CURLOPT_PATH_AS_IS, 1)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_NOSIGNAL, 1)
    ccurl_set_open_socket_callback(raw, curlHandleOpenSocket)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_HTTPPROXYTUNNEL, 1)
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // The system's directory of certificates stays trusted beside this file.
    if let certificateAuthorityFile { set(CURLOPT_CAINFO, certificateAuthorityFile) }
    // Plain text stays on this machine: never through a proxy.
    if !address.isSecure { set(CURLOPT_NOPROXY, "*") }
    if let proxy { set(CURLOPT_PROXY, proxy) }
    if let unixSocket {
      set(CURLOPT_UNIX_SOCKET_PATH, unixSocket.text)
      // curl keeps connections by their path, and this one may be another socket's the next time.
      if unixSocket.isShortLived { set(CURLOPT_FRESH_CONNECT, 1) }
    }
  }

  deinit {
    curl_easy_cleanup(raw)
    if let issuerNumber { CertificateIssuer.forget(issuerNumber) }
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  func set(_ option: CURLoption, _ value: Int) { ccurl_set_long(raw, option, value) }
  func set(_ option: CURLoption, _ value: String) { ccurl_set_string(raw, option, value) }

  /// Header lines to send; a line `Name:` keeps curl from sending its own.
  func setHeaders(_ lines: [String]) {
    for line in lines { headerList = curl_slist_append(headerList, line) ?? headerList }
    ccurl_set_pointer(raw, CURLOPT_HTTPHEADER, headerList)
  }

  /// The connected socket; nil if there is none.
  var activeSocket: Int32? {
    var socket: curl_socket_t = -1
    let code = ccurl_get_socket(raw, CURLINFO_ACTIVESOCKET, &socket)
    return code == CURLE_OK && socket >= 0 ? socket : nil
  }

  /// Whether name, connection, proxy and TLS were done when the transfer ended.
  var wasConnected: Bool {
    var microseconds: curl_off_t = 0
    ccurl_get_offset(raw, CURLINFO_PRETRANSFER_TIME_T, &microseconds)
    return microseconds > 0
  }

  /// The operating system's error of the last failed connect, read or write; 0 if unknown.
  var systemError: Int32 {
    var code = 0
    ccurl_get_long(raw, CURLINFO_OS_ERRNO, &code)
    return Int32(truncatingIfNeeded: code)
  }

  /// curl's words for `code`, the detailed ones where it has some.
  func text(for code: CURLcode) -> String {
    let detail = String(cString: errorText)
    return detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
  }

  /// What a failed transfer means to the caller.
  func error(for code: CURLcode) -> TransportError {
    let text = text(for: code)
    if code == CURLE_PEER_FAILED_VERIFICATION,
      let issuer = issuerNumber.flatMap(CertificateIssuer.unknown)
    {
      return .unknown(issuer: issuer, text)
    }
    return switch code {
    // Once the connection stands this is about what came over it: no HTTP that anybody speaks.
    case CURLE_UNSUPPORTED_PROTOCOL where wasConnected: .protocolViolation("the answer is not HTTP")
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .badAddress(text)
    case CURLE_COULDNT_RESOLVE_HOST: .nameNotResolved(text)
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy(text)
    case CURLE_COULDNT_CONNECT: isAboutServer(text) ? .refused(text) : .proxy(text)
    case CURLE_OPERATION_TIMEDOUT: .timedOut(wasConnected ? .response : .connect)
    case CURLE_SSL_CONNECT_ERROR: .handshake(text)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_NOTFOUND,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      .tls(text)
    case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE: .closed(.endOfFile)
    // Before the connection stands this is a proxy that would not.
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR:
      wasConnected ? .closed(closure(text)) : isAboutTunnel(text) ? .proxy(text) : .refused(text)
    case CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM: .protocolViolation(text)
    default: .io(text)
    }
  }

  /// curl names whom it could not connect to: another than the server is a proxy.
  private func isAboutServer(_ text: String) -> Bool {
    let named = text.split(separator: " ").map(String.init)
    guard let place = named.firstIndex(of: "port"), place > 0, place + 1 < named.count else {
      return true
    }
    return named[place + 1] == String(address.port)
      && (named[place - 1] == address.host || unixSocket != nil)
  }

  private func isAboutTunnel(_ text: String) -> Bool {
    text.contains("CONNECT") || text.lowercased().contains("proxy")
  }

  /// How the connection ended whose read or write failed with this text.
  func closure(_ text: String) -> WebSocketClosure {
    if systemError == ECONNRESET || text.contains("reset by peer") { return .reset }
    // A write after the peer's orderly end: had it been a reset, that would have been the error.
    if systemError == EPIPE || text.contains("Broken pipe") { return .endOfFile }
    return .failed(text)
  }
}

/// Opens curl's sockets so that programs started by this one do not inherit them.
private func curlHandleOpenSocket(
  _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
  _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
  guard let address = address?.pointee else { return -1 }
  return socket(
    address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
}
