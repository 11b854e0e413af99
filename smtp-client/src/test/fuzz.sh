#!/bin/bash
# Lets the fuzzers look for inputs that nobody has thought of:
#
#   smtp-client/src/test/fuzz.sh [TIME FOR EACH [CLASS]]      such as   5m SmtpDialogueFuzzTest
#
# An input that breaks a rule fails the build and is written to the resources of its test, where
# every later build replays it. A JVM can fuzz one test, so each class has one and a JVM of its own.
set -euo pipefail
cd "$(dirname "$0")/../../.."

# The agent that watches which code an input reaches stays away from other test runs, and
# BlockHound's from this one.
JAZZER_FUZZ=1 exec mvn -B -pl smtp-client,simulator/app -am test \
  -Dtest="${2:-*FuzzTest}" -Dsurefire.failIfNoSpecifiedTests=false -DreuseForks=false \
  -Djazzer.hooks=true -Djazzer.max_duration="${1:-20s}" \
  -Djunit.jupiter.extensions.autodetection.enabled=false
