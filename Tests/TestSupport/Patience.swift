/// How long a test waits for something that must come.
///
/// It is only there so that what never comes ends a test: on the busiest machine everything else takes
/// less. Nothing is measured by it.
public enum Patience {
  public static let span: Duration = .seconds(180)
}
