# Of Maven's output, what a person reads: a line for each module and test class, errors with their reason.
function show(line) { print line; fflush() }

{ gsub(/\033\[[0-9;]*m/, "") }

/^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]$/ {
    name = $0
    sub(/^\[INFO\] Building /, "", name)
    show("== " name)
    next
}
/^\[(INFO|WARNING|ERROR)\] Tests run: .* -- in / {
    split($0, part, " -- in ")
    time = part[1]
    sub(/.*Time elapsed: /, "", time)
    sub(/ <<<.*/, "", time)
    match(part[1], /Tests run: [0-9]+/); run = substr(part[1], RSTART + 11, RLENGTH - 11)
    match(part[1], /Failures: [0-9]+/); bad = substr(part[1], RSTART + 10, RLENGTH - 10)
    match(part[1], /Errors: [0-9]+/); bad += substr(part[1], RSTART + 8, RLENGTH - 8)
    match(part[1], /Skipped: [0-9]+/); skipped = substr(part[1], RSTART + 9, RLENGTH - 9) + 0
    show(sprintf("%6d passed  %s%s%8s  %s", run - bad - skipped, bad ? bad " FAILED  " : "",
        skipped ? skipped " not run  " : "", time, part[2]))
    next
}
# Warnings of the compiler are errors.
/^\[WARNING\] .*\.java:\[/ { show(substr($0, 1, 400)) }
# The lines after a failed test say why, up to the stack.
reason && /^([ \t]+at |\[)/ { reason = 0 }
reason { if ($0 !~ /^[[:space:]]*$/) { show("        " substr($0, 1, 400)); reason-- } next }
/^\[ERROR\] .*<<< (FAILURE|ERROR)!$/ { show("    " substr($0, 9)); reason = 8; next }
# Maven tells the same once more at its end, and how to run itself.
/^\[(INFO|ERROR)\] (Results:|Failures:|Errors:)/ { told = 1 }
/^\[INFO\] ---/ { told = 0 }
/^\[ERROR\] ./ && !told && !/\[Help|Re-run Maven|For more information|To see the full|After correcting|mvn <args>/ {
    show(substr($0, 1, 400))
}
