import Domain
import Files
import FoundationEssentials
import Processes
import Relay
import Transport

extension Subcommand {
  static let relay = Subcommand(
    path: ["relay"], summary: "a TextSecure relay for real use, in the foreground",
    options: [
      .value("listen", "HOST:PORT", "an address or localhost (default: 127.0.0.1:8443)"),
      .file("tls-cert", "certificate chain in PEM; needed beyond this machine"),
      .file("tls-key", "its private key in PEM"),
      .value("public-url", "URL", "how clients reach it, if not by the name they ask for"),
      .command("sms-command", "brings codes to telephones: 'notify {number}', code on stdin"),
      .command(
        "push-command", "wakes devices by push: 'notify {kind} {id}', content on stdin"),
      .value("name", "NAME", "what other relays call this one; needed with --peers"),
      .file("peers", "other relays, one a line: name URL token [CA-file]"),
      .choice(
        "dialect", RelayDialect.allCases.map(\.rawValue),
        "status codes: of the document, or of the server in 2014 (default: doc)"),
      .value("rate-factor", "N", "multiplies every rate limit (default: 1)"),
      .value("connections", "N", "connections at once (default: 4096)"),
      .value(
        "connections-per-address", "N", "of one address; more behind a proxy (default: 512)"),
      .choice(
        "line", SocketFormat.allCases.map(\.rawValue), "of devices that have not shown theirs"),
    ]
  ) { invocation throws(UserError) in
    let configuration = try relayConfiguration(invocation)
    let command = try operatorCommand("sms-command", invocation.arguments)
    if command?.showsCodes == true {
      invocation.output.log(
        "Every user of this machine can read {code} in the list of processes. Leave it out of"
          + " --sms-command: the code comes on standard input as well.")
    }
    // A relay has a connection for every device.
    OpenFiles.raiseLimit()
    let relay: RelayServer
    do throws(RelayError) {
      relay = try await RelayServer.start(
        configuration, network: invocation.network, time: invocation.time,
        random: invocation.random)
    } catch {
      throw UserError(.failed, code: "relay", error.message, hint: error.hint)
    }
    let output = invocation.output
    output.raw(OutputWriter.json(RelayOutput(event: "listening", textsecure: relay.url)))
    // Codes that nobody reads reach nobody: whoever runs the relay has to know.
    if command == nil { output.watchReader(isLoss: true) }
    let stopSignal = StopSignal()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await event in relay.events {
          switch event {
          case .request(let line): output.log(line.description)
          case .code(let code) where command == nil:
            // Nobody else brings the code to its telephone: the operator has to.
            output.raw(
              OutputWriter.json(RelayOutput(event: "sms", number: code.number, code: code.code)))
          case .code, .joined: break
          }
        }
      }
      group.addTask {
        await stopSignal.wait()
        await relay.stop()
      }
      await group.waitForAll()
    }
  }

  private static func relayConfiguration(
    _ invocation: Invocation
  ) throws(UserError) -> RelayServerConfiguration {
    let arguments = invocation.arguments
    guard let directory = arguments["data-dir"], !directory.isEmpty else {
      throw .usage("a relay needs --data-dir DIR, a directory of its own")
    }
    var configuration = RelayServerConfiguration()
    configuration.dataDirectory = directory
    let listen = arguments["listen"] ?? "127.0.0.1:8443"
    guard let colon = listen.lastIndex(of: ":"),
      let port = UInt16(listen[listen.index(after: colon)...])
    else { throw .usage("--listen needs HOST:PORT, as in 127.0.0.1:8443 or [::]:443") }
    configuration.port = port
    let host = listen[..<colon].filter { $0 != "[" && $0 != "]" }
    guard let address = ListenAddress.literal(host) else {
      throw .usage("--listen needs an address, not the name \(host): 0.0.0.0 is every IPv4 one")
    }
    configuration.address = address
    switch (arguments["tls-cert"], arguments["tls-key"]) {
    case (nil, nil): break
    case (let certificate?, let key?):
      configuration.tls = TLSIdentity(
        certificate: try pem(of: certificate, .certificate, "--tls-cert"),
        privateKey: try pem(of: key, .privateKey, "--tls-key"))
    default: throw .usage("--tls-cert and --tls-key go together")
    }
    if let url = arguments["public-url"] {
      guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
        throw .usage("--public-url needs an https:// URL")
      }
      configuration.publicURL = url.hasSuffix("/") ? String(url.dropLast()) : url
    }
    if let name = arguments["dialect"] {
      guard let dialect = RelayDialect(rawValue: name) else {
        throw .usage("--dialect is doc or server")
      }
      configuration.dialect = dialect
    }
    if let factor = try arguments.integer("rate-factor", in: 1...1000) {
      configuration.rateFactor = Double(factor)
    }
    if let connections = try arguments.integer("connections", in: 1...1_000_000) {
      configuration.connections = connections
    }
    if let connections = try arguments.integer("connections-per-address", in: 1...1_000_000) {
      configuration.connectionsPerAddress = connections
    }
    if let name = arguments["line"] {
      guard let language = SocketFormat(rawValue: name) else {
        throw .usage("--line is json or protobuf")
      }
      configuration.socketFormat = language
    }
    if let name = arguments["name"] {
      guard FederatedPeer.isName(name) else {
        throw .usage("--name needs letters, digits, dots and dashes")
      }
      configuration.name = name
    }
    if let path = arguments["peers"] {
      let list = try text(of: path)
      do throws(RelayError) {
        configuration.peers = try FederatedPeer.list(list)
      } catch {
        throw UserError(.usage, code: "usage", "\(path): \(error.message)", hint: error.hint)
      }
      for peer in configuration.peers {
        guard let file = peer.certificateAuthorityFile else { continue }
        _ = try pem(of: file, .certificate, "\(path): the line of \(peer.name)")
      }
    }
    if let command = try operatorCommand("sms-command", arguments) {
      configuration.deliver = { await command.run(for: $0) }
    }
    if let command = try operatorCommand("push-command", arguments) {
      configuration.push = { await command.run(for: $0) }
    }
    return configuration
  }

  private static func operatorCommand(
    _ option: String, _ arguments: ParsedArguments
  ) throws(UserError) -> OperatorCommand? {
    guard let template = arguments[option] else { return nil }
    guard let command = OperatorCommand(template) else {
      throw .usage("--\(option) needs a program and its words, as in 'notify {number}'")
    }
    return command
  }

  /// - Parameter origin: where the file is named.
  private static func pem(
    of path: String, _ content: PEMFile.Content, _ origin: String
  ) throws(UserError) -> String {
    do throws(PEMFile.Failure) {
      return try PEMFile.text(of: path, holding: content)
    } catch {
      throw .usage("\(origin) names \(path), \(error.words)")
    }
  }

  private static func text(of path: String) throws(UserError) -> String {
    do throws(FileError) {
      return try NamedStream.text(of: path)
    } catch {
      throw .usage("\(path) cannot be read: \(error.reason)")
    }
  }
}

/// A line on standard output.
private struct RelayOutput: Encodable {
  var event: String
  var service = "textsecure"
  var textsecure: String?
  var number: String?
  var code: String?
}
