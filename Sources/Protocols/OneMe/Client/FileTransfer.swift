import Glibc
import Transport

/// Files on their way by HTTP, to and from addresses that the server names.
struct FileTransfer: Sendable {
  /// How long not a byte may come or go.
  private static let patience: Duration = .seconds(30)

  private let configuration: OneMeConfiguration
  private let network: Network

  init(_ configuration: OneMeConfiguration, _ network: Network) {
    self.configuration = configuration
    self.network = network
  }

  /// Gets what is at `url` into a new file at `path` that only its owner can read. After an error there
  /// is no such file.
  ///
  /// Follows up to three redirects. Nothing goes to this machine or without encryption, unless the
  /// connection itself does.
  /// - Parameter limit: In bytes; beyond it the error is `transport(.tooLarge)`.
  func download(
    _ url: String, to path: String, limit: Int, progress: @escaping OneMeClient.Progress
  ) async throws(OneMeError) {
    var address = url
    for _ in 0...3 {
      var request = try self.request(address, method: "GET")
      request.responseFile = path
      request.responseBytes = limit
      request.progress = progress
      let answer = try await transfer(request)
      if answer.isSuccess { return }
      guard (300...399).contains(answer.status), let next = answer.headers["Location"],
        next.contains("://")
      else { throw FileTransfer.failure(answer) }
      address = next
    }
    throw .malformed(.fileAddress, "one redirect leads to the next")
  }

  /// The answer to an upload, which has to be a success.
  func upload(_ request: HTTPRequest) async throws(OneMeError) -> HTTPResponse {
    let answer = try await transfer(request)
    guard answer.isSuccess else { throw FileTransfer.failure(answer) }
    return answer
  }

  private func transfer(_ request: HTTPRequest) async throws(OneMeError) -> HTTPResponse {
    do throws(TransportError) {
      return try await network.send(request)
    } catch {
      throw error == .cancelled ? .cancelled : .transport(error)
    }
  }

  private static func failure(_ answer: HTTPResponse) -> OneMeError {
    .refused(
      OneMeRefusal(
        code: "http.\(answer.status)",
        explanation: answer.status == 413
          ? "The file is larger than the file server takes."
          : "The file server refused (HTTP \(answer.status))."))
  }

  /// - Parameter size: Of the body; the answer's own progress is of no interest.
  func request(
    to url: String, size: Int, _ progress: @escaping OneMeClient.Progress
  ) throws(OneMeError) -> HTTPRequest {
    var request = try self.request(url, method: "POST")
    request.progress = { if $0.total == size { progress($0) } }
    return request
  }

  static func size(of path: String) throws(OneMeError) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .transport(.io("\(path): \(String(cString: strerror(errno)))"))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .transport(.io("\(path) is no file")) }
    return Int(status.st_size)
  }

  /// A request to an address that the server gave. The address may carry what gives access: it is
  /// shown to nobody.
  func request(_ url: String, method: String) throws(OneMeError) -> HTTPRequest {
    let isPlain = url.lowercased().hasPrefix("http://")
    let isOurs = configuration.url.lowercased().hasPrefix("ws://")
    guard !isPlain || isOurs else { throw .transport(.insecure("the file server")) }
    var request = HTTPRequest(method: method, url: url)
    request.headers = ["User-Agent": configuration.userAgent, "Origin": configuration.origin]
    request.stallTimeout = Self.patience
    request.certificateAuthorityFile = configuration.certificateAuthorityFile
    return request
  }
}
