import Testing

@Suite struct GoldenTests {
  @Test("A picture that has changed is told with all its rows")
  func difference() {
    let old = "title\n\nsame\nlost\nend"
    let new = "heading\n\nsame\nend\nmore"
    #expect(
      Golden.difference(from: old, to: new) == """
        -title
        +heading
         
         same
        -lost
         end
        +more
        """)
    #expect(Golden.difference(from: old, to: old) == " title\n \n same\n lost\n end")
  }
}
