import CCurl
import Glibc

/// One HTTP request on the network thread.
final class HTTPTransfer: NetworkTransfer, NetworkMember {
  /// Cap on an answer's headers in bytes.
  private static let headBytes = 256 << 10
  /// What is kept of the body of a refusal, where a success would go into a file.
  private static let refusalBytes = 64 << 10

  let handle: CurlHandle
  private let identifier: Int
  private let limit: Int
  private let answered: Promise<HTTPResponse>
  private unowned let core: NetworkCore

  private var upload: UploadSource?
  private var headers = HTTPHeaders()
  private var headBytes = 0
  private var body: [UInt8] = []
  private let file: BodyFile?
  private var received = 0
  private let progress: (@Sendable (TransferProgress) -> Void)?
  private let patience: Duration?
  private var lastActivity: Duration
  private var failure: TransportError?

  init(
    identifier: Int, request: HTTPRequest, file: BodyFile?, address: Address, proxy: String?,
    answered: Promise<HTTPResponse>, core: NetworkCore
  ) throws(TransportError) {
    handle = try CurlHandle(
      address: address, certificateAuthorityFile: request.certificateAuthorityFile,
      unixSocketPath: request.unixSocketPath, proxy: proxy)
    self.identifier = identifier
    self.answered = answered
    self.core = core
    self.file = file
    limit = request.responseBytes
    progress = request.progress
    patience = request.stallTimeout
    lastActivity = core.now
    try configure(request)
  }

  private func configure(_ request: HTTPRequest) throws(TransportError) {
    let isToken = request.method.utf8.allSatisfy { (0x41...0x5a).contains($0) }
    guard isToken, !request.method.isEmpty else { throw .badAddress("method \(request.method)") }
    let me = Unmanaged.passUnretained(self).toOpaque()
    if request.method == "HEAD" { handle.set(CURLOPT_NOBODY, 1) }
    if let source = try UploadSource(request.body) {
      upload = source
      handle.set(CURLOPT_UPLOAD, 1)
      ccurl_set_offset(handle.raw, CURLOPT_INFILESIZE_LARGE, curl_off_t(source.count))
      ccurl_set_data_callback(handle.raw, CURLOPT_READFUNCTION, httpTransferRead)
      ccurl_set_pointer(handle.raw, CURLOPT_READDATA, me)
      ccurl_set_seek_callback(handle.raw, httpTransferSeek)
      ccurl_set_pointer(handle.raw, CURLOPT_SEEKDATA, me)
    } else if ["POST", "PUT", "PATCH"].contains(request.method) {
      // Says "Content-Length: 0", which servers expect with these methods.
      ccurl_set_offset(handle.raw, CURLOPT_POSTFIELDSIZE_LARGE, 0)
      handle.set(CURLOPT_COPYPOSTFIELDS, "")
    }
    handle.set(CURLOPT_CUSTOMREQUEST, request.method)
    ccurl_set_data_callback(handle.raw, CURLOPT_WRITEFUNCTION, httpTransferWrite)
    ccurl_set_pointer(handle.raw, CURLOPT_WRITEDATA, me)
    ccurl_set_data_callback(handle.raw, CURLOPT_HEADERFUNCTION, httpTransferHeader)
    ccurl_set_pointer(handle.raw, CURLOPT_HEADERDATA, me)
    if patience == nil { handle.set(CURLOPT_TIMEOUT_MS, request.timeout.curlMilliseconds) }
    // Empty ones take away what curl would say by itself; given ones come after and win.
    let given = request.headers.fields.map {
      $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)"
    }
    let quiet = request.headers["Content-Type"] == nil ? ["Expect:", "Content-Type:"] : ["Expect:"]
    handle.setHeaders(quiet + given)
  }

  // curl polls the socket, and keeps the deadline of the whole itself.
  var interest: (descriptor: Int32, events: Int32)? { nil }
  var deadline: Duration? { patience.map { lastActivity + $0 } }

  func advance(at now: Duration) {
    guard let deadline, deadline <= now else { return }
    end(.failure(.timedOut(handle.wasConnected ? .transfer : .connect)))
  }

  func abort() { end(.failure(.cancelled)) }

  func finished(_ code: CURLcode) {
    if code == CURLE_OK {
      end(.success(HTTPResponse(status: status, headers: headers, body: body)))
    } else {
      end(.failure(failure ?? handle.error(for: code)))
    }
  }

  private func end(_ outcome: Result<HTTPResponse, TransportError>) {
    core.remove(identifier)
    core.release(handle)
    answered.complete(outcome)
  }

  fileprivate func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    lastActivity = core.now
    let total = announced
    received += bytes.count
    guard max(received, total ?? 0) <= limit else {
      failure = .tooLarge(limit: limit)
      return false
    }
    let isSuccess = HTTPResponse.isSuccess(status)
    if isSuccess { progress?(TransferProgress(done: received, total: total)) }
    guard let file else {
      body.append(contentsOf: bytes)
      return true
    }
    guard isSuccess else {
      body.append(contentsOf: bytes.prefix(HTTPTransfer.refusalBytes - body.count))
      return true
    }
    do throws(TransportError) { try file.append(bytes) } catch {
      failure = error
      return false
    }
    return true
  }

  private var status: Int {
    var status = 0
    ccurl_get_long(handle.raw, CURLINFO_RESPONSE_CODE, &status)
    return status
  }

  /// The length that the answer's head gives its body.
  private var announced: Int? {
    var length: curl_off_t = -1
    ccurl_get_offset(handle.raw, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length)
    return length >= 0 ? Int(length) : nil
  }

  fileprivate func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    lastActivity = core.now
    headBytes += bytes.count
    guard headBytes <= HTTPTransfer.headBytes else {
      failure = .protocolViolation("the answer's head is too long")
      return false
    }
    let line = String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }
    if line.hasPrefix("HTTP/") {
      // A new head: the one before was interim (100 Continue).
      headers = HTTPHeaders()
    } else if let field = HTTPHeaders.Field(line: line) {
      headers.append(field.name, field.value)
    }
    return true
  }

  fileprivate func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
    lastActivity = core.now
    guard let upload, let count = upload.read(into: buffer) else { return nil }
    progress?(TransferProgress(done: upload.offset, total: upload.count))
    return count
  }

  fileprivate func seek(to offset: Int) -> Bool { upload?.seek(to: offset) ?? false }
}

// curl's callbacks, on the network thread; `data` is the transfer, which outlives its handle.

private func transfer(_ data: UnsafeMutableRawPointer?) -> HTTPTransfer? {
  data.map { Unmanaged<HTTPTransfer>.fromOpaque($0).takeUnretainedValue() }
}

private func httpTransferWrite(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ data: UnsafeMutableRawPointer?
) -> Int {
  let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return transfer(data)?.take(part) == true ? part.count : -1
}

private func httpTransferHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ data: UnsafeMutableRawPointer?
) -> Int {
  let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return transfer(data)?.takeHeader(part) == true ? part.count : -1
}

private func httpTransferRead(
  _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ data: UnsafeMutableRawPointer?
) -> Int {
  let target = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
  return transfer(data)?.fill(target) ?? Int(CURL_READFUNC_ABORT)
}

private func httpTransferSeek(
  _ data: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32
) -> Int32 {
  let isDone = origin == SEEK_SET && transfer(data)?.seek(to: Int(offset)) == true
  return isDone ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
}
