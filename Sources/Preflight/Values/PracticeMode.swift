/// How a profession is practised (*mode d'exercice*), which the billing data depend on; docs/card-data.md,
/// “Activities”.
///
/// The raw values are the words of facts files.
package enum PracticeMode: String, Sendable, Hashable, CaseIterable {
  /// Self-employed: *libéral, exploitant ou commerçant*.
  case liberal
  /// Employed: *salarié*.
  case salaried
  /// Replacing another professional and billing under that professional's number: *remplaçant*.
  case locum
  /// Unpaid: *non rétribué*, *bénévole*.
  case unpaid
}
