# The rules of docs/samples/fleet-rules.yaml, as far as jq has them: no calendar, no messages, no places of mistakes.
def plus_years(n): (.[0:4] | tonumber + n | tostring) + .[4:];
.id as $id | .facts as $f
| ($f["card.issuedOn"] | plus_years(3)) as $byIssue
| (if $f["card.expiresOn"] and $f["card.expiresOn"] < $byIssue then $f["card.expiresOn"] else $byIssue end) as $last
| {id: $id, exitCode: (if $last < "2026-03-15" then 30 elif $last <= "2026-05-14" then 32 else 0 end)}
