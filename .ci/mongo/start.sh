#!/bin/sh
# Builds and starts the MongoDB-compatible server for tests in the background and prints its process id.
# Use: kill the printed id afterwards.   .ci/mongo/start.sh PORT
set -eu
port="${1:?use: start.sh PORT}"
here="$(cd "$(dirname "$0")" && pwd)"
[ -f "$here/target/mongo.jar" ] || mvn -q -f "$here/pom.xml" package >&2
log="$here/target/mongo-$port.log"
: >"$log"
java -Xmx1g -cp "$here/target/mongo.jar:$here/target/lib/*" MongoForTests "$port" >"$log" 2>&1 &
pid=$!
tries=0
until grep -q '^listening' "$log"; do
  tries=$((tries + 1))
  if [ "$tries" -gt 100 ] || ! kill -0 "$pid" 2>/dev/null; then
    cat "$log" >&2
    exit 1
  fi
  sleep 0.1
done
echo "$pid"
