/// A plugin that comes with the program: what one target of `Plugins/` brings. Each target exports one such value, and
/// the program lists them.
package struct BuiltInPlugin: Sendable {
  /// The name of the target.
  package let name: String
  package let checks: [CheckDeclaration]
  package let sources: [SourceDeclaration]

  package init(_ name: String, checks: [CheckDeclaration] = [], sources: [SourceDeclaration] = []) {
    self.name = name
    self.checks = checks
    self.sources = sources
  }
}

extension Registry {
  /// What these plugins bring, in their order.
  package init(_ plugins: [BuiltInPlugin]) {
    self.init(checks: plugins.flatMap(\.checks), sources: plugins.flatMap(\.sources))
  }
}
