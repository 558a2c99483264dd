/// The version of this program, as of semantic versioning (docs/versioning.md).
///
/// Nothing else says it: the Makefile reads it from the line below for packages and manual pages, so the line keeps its form.
package enum ProgramVersion {
  package static let current = "0.1.0"
}
