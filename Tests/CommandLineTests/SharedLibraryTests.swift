import TestSupport
import Testing

/// What the system loads before the program begins.
@Suite struct SharedLibraryTests {
  @Test("No library is loaded with the program that only connections and servers need")
  func fewAtStart() async throws {
    let home = try ScratchDirectory()
    let listing = try Program.tercet(
      [], home: home.path, environment: ["LD_TRACE_LOADED_OBJECTS": "1"])
    let names = try await listing.end().output.joined(separator: " ")
    #expect(names.contains("libsqlite3.so"), "it is a list of libraries")
    for name in ["libcurl", "libmicrohttpd", "libgnutls", "libssl", "libldap", "libkrb5"] {
      #expect(!names.contains(name), "\(name) costs some milliseconds at each start")
    }
  }
}
