# Reads the table layers.txt, then sources, and prints every include that the table doesn't allow, as FILE:LINE: why.
# Ends with 1 when there was one. Usage: awk -f layers.awk layers.txt app/... core/... widgets/...

function refuse(sentence) { printf "%s:%d: %s\n", FILENAME, FNR, sentence; refused = 1 }

# core/text/bpe.h -> core/text; widgets/charts/x.h -> widgets: the row a file belongs to.
function folder_of(path,   parts) {
  split(path, parts, "/")
  return parts[1] == "core" ? parts[1] "/" parts[2] : parts[1]
}

function is_below(path, place) { return path == place || index(path, place "/") == 1 }

# The table.
NR == FNR && /^(#|$)/ { next }
NR == FNR && $1 == "rung" {
  for (i = 2; i <= NF; i++) rank[$i] = ++ranks
  next
}
NR == FNR && $1 == "fence" {
  fence[$2] = 1
  for (i = 3; i <= NF; i++) gate[$2, i] = $i
  gates[$2] = NF
  next
}
NR == FNR && ($1 == "owns" || $1 == "bars") {
  kind[++rules] = $1; pattern[rules] = $2; owners[rules] = NF
  for (i = 3; i <= NF; i++) owner[rules, i] = $i
  next
}
NR == FNR { refuse("this row of the table starts with no word it knows"); next }

# The sources.
FNR == 1 {
  here = folder_of(FILENAME)
  if (!(here in rank) && !(here in fence)) refuse(here " has no row in layers.txt")
}

/^[ \t]*#[ \t]*include[^_a-z]/ {
  header = $0
  sub(/^[ \t]*#[ \t]*include[ \t]*/, "", header)
  quote = substr(header, 1, 1)
  header = substr(header, 2)
  sub(/[>"].*$/, "", header)
  if (quote == "\"") check_ours()
  else if (quote == "<") check_foreign()
  else refuse("an include whose name is a macro can't be checked")
}

END { exit refused }

function check_ours(   there, i) {
  if (header ~ /\.moc$/) return
  there = folder_of(header)
  if (header !~ /^(app|core|widgets)\//) {
    refuse("\"" header "\": includes of ours are written from the repository's root; others use <>")
  } else if (there != here && here in rank) {
    if (!(there in rank)) refuse("\"" header "\": core knows nothing of " there)
    else if (rank[there] > rank[here]) refuse("\"" header "\": " here " stands below " there " on the ladder")
  } else if (there != here && here in fence) {
    for (i = 3; i <= gates[here]; i++) if (is_below(there, gate[here, i])) return
    refuse("\"" header "\": " here " may not include " there)
  }
}

function check_foreign(   r, i, allowed) {
  if (header ~ /^[a-z_0-9]+$/) return  # the standard library
  for (r = 1; r <= rules; r++) {
    if (header !~ pattern[r]) continue
    for (i = 3; i <= owners[r]; i++) {
      if (!is_below(FILENAME, owner[r, i])) continue
      if (kind[r] == "bars") { refuse("<" header ">: barred from " owner[r, i]); return }
      allowed = 1
    }
  }
  if (!allowed) refuse("<" header ">: no row of layers.txt lets this file include it")
}
