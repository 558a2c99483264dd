"""The rules of docs/samples/fleet-rules.yaml, as far as a few lines of Python have them: no messages, no places of mistakes."""
import json
import sys

for line in sys.stdin:
    card = json.loads(line)
    facts = card["facts"]
    issued = facts["card.issuedOn"]
    end = str(int(issued[:4]) + 3) + issued[4:]
    expires = facts.get("card.expiresOn")
    if expires and expires < end:
        end = expires
    code = 30 if end < "2026-03-15" else 32 if end <= "2026-05-14" else 0
    sys.stdout.write(json.dumps({"id": card["id"], "exitCode": code}) + "\n")
