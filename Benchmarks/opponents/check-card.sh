#!/bin/sh
# What an integrator would write to ask the same of the card: a card in the reader, its nature, its end, its billing situation.
# check-card.sh MODULE PIN_FILE
set -eu
module=$1 code=$(cat "$2")

object() { # LABEL [OPTION...]: the data object in hexadecimal
  label=$1
  shift
  pkcs11-tool --module "$module" "$@" --type data --label "$label" --read-object 2>/dev/null | xxd -p | tr -d '\n'
}

[ -z "$(opensc-tool --atr 2>/dev/null)" ] && exit 10
identity=$(object CPS_ID_CARD)
nature=$(object CPS_INFO_PS)
situations=$(object CPS_SIT_FACT --login --pin "$code")

case $nature in ed03800100*) ;; *) exit 22 ;; esac
expiry=${identity##*8404}
[ "$(printf %.8s "$expiry")" -ge "$(date +%Y%m%d)" ] || exit 30
case $situations in *81*) ;; *) exit 20 ;; esac
rights=${situations##*8401}
[ $((0x$(printf %.2s "$rights") & 0x11)) -eq 17 ] || exit 23
