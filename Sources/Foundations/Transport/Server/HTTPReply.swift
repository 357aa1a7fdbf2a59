import CMicroHTTPD
import Glibc

/// Puts replies into libmicrohttpd's form.
enum HTTPReply {
  /// Queues a plain response; false if MHD would not take it.
  static func queue(_ reply: HTTPServer.Reply, on connection: OpaquePointer) -> Bool {
    switch reply {
    case .response(let status, let headers, let body):
      var bytes = body
      let response = MHD_create_response_from_buffer(
        bytes.count, &bytes, .RESPMEM_MUST_COPY)
      return queue(response, status: status, headers: headers, on: connection)
    case .file(let path, let headers):
      guard let response = response(file: path) else {
        return queue(.response(status: 404), on: connection)
      }
      return queue(response, status: 200, headers: headers, on: connection)
    case .hangUp, .webSocket: return false
    }
  }

  /// For how many bytes the client gets time.
  static func size(of reply: HTTPServer.Reply) -> Int {
    switch reply {
    case .response(_, _, let body): return body.count
    case .file(let path, _):
      var status = stat()
      return stat(path, &status) == 0 ? Int(status.st_size) : 0
    case .hangUp, .webSocket: return 0
    }
  }

  /// The open file is MHD's to close.
  private static func response(file path: String) -> OpaquePointer? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let response = MHD_create_response_from_fd64(UInt64(status.st_size), file)
    else {
      close(file)
      return nil
    }
    return response
  }

  /// Adds the headers, queues `response` and lets go of it.
  static func queue(
    _ response: OpaquePointer?, status: Int, headers: HTTPHeaders, on connection: OpaquePointer
  ) -> Bool {
    guard let response else { return false }
    defer { MHD_destroy_response(response) }
    for field in headers.fields { MHD_add_response_header(response, field.name, field.value) }
    return MHD_queue_response(connection, UInt32(clamping: status), response) == .YES
  }
}

/// Gathers a request's header fields, in order, from MHD's iteration.
final class HeaderCollector {
  fileprivate var headers = HTTPHeaders()

  static func headers(of connection: OpaquePointer) -> HTTPHeaders {
    let collector = HeaderCollector()
    let me = Unmanaged.passUnretained(collector).toOpaque()
    MHD_get_connection_values(connection, .HEADER_KIND, headerCollectorField, me)
    return collector.headers
  }
}

private func headerCollectorField(
  _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
  _ value: UnsafePointer<CChar>?
) -> MHD_Result {
  if let context, let name {
    let collector = Unmanaged<HeaderCollector>.fromOpaque(context).takeUnretainedValue()
    collector.headers.append(String(cString: name), value.map { String(cString: $0) } ?? "")
  }
  return .YES
}
