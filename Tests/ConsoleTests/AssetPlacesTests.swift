import Domain
import Storage
import Testing

@testable import ViewModels

@MainActor @Suite struct AssetPlacesTests {
  @Test(
    "Places are those that mean something, and up to two that are written",
    arguments: [
      ("5", 0), ("1.5", 1), ("1.50", 2), ("1.50000", 2), ("0.123456", 6), ("-0.05", 2), ("x", nil),
      ("1e5", nil), ("", nil), (".5", nil),
    ])
  func counts(_ text: String, _ places: Int?) {
    #expect(Amount.shownPlaces(of: text) == places)
  }

  @Test(
    "No digit is lost but zeros",
    arguments: [
      ("5", 2, "5.00"), ("1.5", 2, "1.50"), ("1.50000", 2, "1.50"), ("1.2345", 2, "1.2345"),
      ("-0.5", 3, "-0.500"), ("1.000", 0, "1"), ("UNKNOWN", 2, "UNKNOWN"), ("", 2, ""),
    ])
  func pads(_ text: String, _ places: Int, _ shown: String) {
    #expect(Amount.padded(text, places: places) == shown)
  }

  @Test("An asset keeps the places that one of its amounts has needed, each asset its own")
  func keeps() {
    let places = AssetPlaces()
    places.see("2.6", of: "ETH")
    places.see("2.55", of: "ETH")
    places.see("2.6", of: "ETH")
    places.see("0.110000000000000001", of: "BTC")
    #expect(places.text("2.6", of: "ETH") == "2.60")
    #expect(places.text("3346", of: "USDT") == "3346")
    #expect(places.text("0.1", of: "BTC") == "0.10000000", "eight at most come from one amount")
    #expect(places.text("0.110000000000000001", of: "BTC") == "0.110000000000000001")
    let version = places.version
    places.see("9.99", of: "ETH")
    #expect(places.version == version, "nothing is drawn anew for it")
  }
}
