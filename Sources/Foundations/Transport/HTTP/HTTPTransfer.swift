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
  private let answered: Promise<HTTPResponse>
  private unowned let core: NetworkCore
  private var upload: UploadSource?
  private var head = Head()
  private var body: Body
  private let progress: (@Sendable (TransferProgress) -> Void)?
  private var activity: Activity
  private var failure: TransportError?

  /// The answer's head as far as it has come.
  private struct Head {
    var headers = HTTPHeaders()
    var bytes = 0
  }

  /// The answer's body as far as it has come.
  private struct Body {
    let limit: Int
    let file: BodyFile?
    var bytes: [UInt8] = []
    var received = 0
  }

  /// When something last came or went, and how long nothing may.
  private struct Activity {
    let patience: Duration?
    var last: Duration

    var deadline: Duration? { patience.map { last + $0 } }
  }

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
    body = Body(limit: request.responseBytes, file: file)
    progress = request.progress
    activity = Activity(patience: request.stallTimeout, last: core.now)
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
    if activity.patience == nil { handle.set(CURLOPT_TIMEOUT_MS, request.timeout.curlMilliseconds) }
    // Empty ones take away what curl would say by itself; given ones come after and win.
    let given = request.headers.fields.map {
      $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)"
    }
    let quiet = request.headers["Content-Type"] == nil ? ["Expect:", "Content-Type:"] : ["Expect:"]
    handle.setHeaders(quiet + given)
  }

  // curl polls the socket, and keeps the deadline of the whole itself.
  var interest: (descriptor: Int32, events: Int32)? { nil }
  var deadline: Duration? { activity.deadline }

  func advance(at now: Duration) {
    guard let deadline, deadline <= now else { return }
    end(.failure(.timedOut(handle.wasConnected ? .transfer : .connect)))
  }

  func abort() { end(.failure(.cancelled)) }

  func finished(_ code: CURLcode) {
    if code == CURLE_OK {
      end(.success(HTTPResponse(status: status, headers: head.headers, body: body.bytes)))
    } else {
      end(.failure(failure ?? handle.error(for: code)))
    }
  }

  private func end(_ outcome: Result<HTTPResponse, TransportError>) {
    core.remove(identifier)
    core.release(handle)
    answered.complete(outcome)
  }

  fileprivate func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    activity.last = core.now
    let total = announced
    body.received += bytes.count
    guard max(body.received, total ?? 0) <= body.limit else {
      failure = .tooLarge(limit: body.limit)
      return false
    }
    let isSuccess = HTTPResponse.isSuccess(status)
    if isSuccess { progress?(TransferProgress(done: body.received, total: total)) }
    guard let file = body.file else {
      body.bytes.append(contentsOf: bytes)
      return true
    }
    guard isSuccess else {
      body.bytes.append(contentsOf: bytes.prefix(HTTPTransfer.refusalBytes - body.bytes.count))
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

  fileprivate func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    activity.last = core.now
    head.bytes += bytes.count
    guard head.bytes <= HTTPTransfer.headBytes else {
      failure = .protocolViolation("the answer's head is too long")
      return false
    }
    let line = String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }
    if line.hasPrefix("HTTP/") {
      // A new head: the one before was interim (100 Continue).
      head.headers = HTTPHeaders()
    } else if let field = HTTPHeaders.Field(line: line) {
      head.headers.append(field.name, field.value)
    }
    return true
  }

  fileprivate func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
    activity.last = core.now
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
  return transfer(data)?.receive(part) == true ? part.count : -1
}

private func httpTransferHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ data: UnsafeMutableRawPointer?
) -> Int {
  let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return transfer(data)?.receiveHeader(part) == true ? part.count : -1
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
