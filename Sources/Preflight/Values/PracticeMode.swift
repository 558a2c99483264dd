/// In what way a profession is practised (*mode d'exercice*), as the billing data depend on it; docs/card-data.md,
/// “Activities”.
///
/// The raw values are the words of facts files.
package enum PracticeMode: String, Sendable, Hashable, CaseIterable {
  /// Self-employed: *libéral, exploitant ou commerçant*.
  case liberal
  /// Employed: *salarié*.
  case salaried
  /// In the place of another professional, under whose number the invoices are sent: *remplaçant*.
  case locum
  /// Without pay: *non rétribué*, *bénévole*.
  case unpaid
}
