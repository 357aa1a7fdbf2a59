import Testing

@testable import Transport

/// The linker cannot compare names with a library that is opened later: this does.
@Suite("Libraries that are opened when they are needed")
struct NetworkLibraryTests {
  @Test("libcurl has every function that is called")
  func curl() throws { try NetworkLibraries.openCurl() }

  @Test("libmicrohttpd has every function that is called")
  func server() throws { try NetworkLibraries.openServer() }

  @Test("A machine without one says so, and what to do")
  func missing() {
    let error = TransportError.noLibrary("libcurl.so.4: cannot open shared object file")
    #expect(error.message == "A library is missing: libcurl.so.4: cannot open shared object file.")
    #expect(error.hint == "Install it with the system's packages, then try again.")
  }
}
