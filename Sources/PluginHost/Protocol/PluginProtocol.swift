/// The protocol by which plugins are asked, version 1; docs/plugins.md describes it for those who write one.
///
/// A plugin is an executable. `PLUGIN describe` prints its manifest; `PLUGIN gather SOURCE` and `PLUGIN check CHECK` read
/// one JSON object on standard input, which is closed after it, and print one on standard output.
///
///     manifest  {"protocol": 1, "name": "erp", "version": "1.2", "summary": TEXT?, "batch": false?, "environment": ["ERP_HOME"]?,
///                "sources": [{"name": "account", "summary": TEXT, "options": [PARAMETER…]?, "needs": ["card.number"]?,
///                             "facts": [{"name": "identifier", "type": TYPE, "personal": false?, "summary": TEXT?}]}]?,
///                "checks": [{"name": "open", "summary": TEXT, "parameters": [PARAMETER…]?, "facts": ["erp/identifier", "today"]}]?}
///     PARAMETER {"name": "strict", "type": TYPE, "required": false?, "default": true?, "summary": TEXT}
///     TYPE      boolean, integer, string, date, version, duration, list, map
///     TEXT      a string, or a map by language {"fr": "…", "en": "…"}
///     request   {"protocol": 1, "options" or "parameters": {…}, "facts": {…}, "deadlineMs": 3000, "language": "fr"}
///     gather →  {"facts": {"identifier": "…"}, "absent": ["NAME"]?}    or  {"unavailable": {"reason": REASON, "message": "…"}}
///     check →   {"outcome": "pass" | "fail" | "unknown", "message": "…", "remedy": "…"?, "reason": REASON?}
///     REASON    service, timeout, input, other
///
/// - What is marked with `?` may be left out. Keys that are not known are ignored, on both sides.
/// - `options` and `parameters` hold what the rule file says, and the defaults of what it does not say. Dates, versions and
///   durations (`3s`) are strings; what a list or a map of a rule file holds are strings.
/// - `facts` of a request are those that are known among the ones that the check lists under `facts`, or the source under
///   `needs`: built-in ones, those of this plugin and of others (`crm/customer`). Personal facts are handed on, unmasked,
///   only because the manifest lists them; secrets never are.
/// - A fact that is `null` or missing in the answer of a source is not known. One that is listed under `absent` is known not to
///   be there. One that was not declared, or is of another type,
///   makes the whole answer worthless.
/// - `message` of a check is for a person, in the request's language. `reason` says why the outcome is unknown.
/// - With `"batch": true`, `PLUGIN check` without a name reads several requests, one JSON object a line, each with
///   `"check": NAME` and `"id": N` besides; it answers each on one line, in the same order, with the `id` given back.
///   `PLUGIN check CHECK` works all the same.
/// - `environment` names variables that the plugin wants; it gets those that the rule file allows (`plugins:`), and PATH, LANG and TZ.
/// - The exit status is 0, the output at most 1 MiB and complete when the program ends, before the deadline: anything else makes
///   what was asked unknown, with the last line of standard error in the message.
enum PluginProtocol {
  /// The version that this program speaks.
  static let version = 1
  /// How much a manifest, a request or an answer may have, in bytes.
  static let sizeLimit = 1 << 20
}
