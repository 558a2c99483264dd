/// The version of this program, according to semantic versioning (docs/versioning.md).
///
/// It is written nowhere else: the Makefile reads it from the line below for packages and manual pages, so
/// keep the form of that line.
package enum ProgramVersion {
  package static let current = "0.1.0"
}
