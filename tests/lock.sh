#!/bin/sh
# Make both lock files with pip-compile, under the lowest Python supported.
set -eu
python=${LOCK_PYTHON:-/usr/bin/python3}
venv=$(mktemp -d)
trap 'rm -rf "$venv"' EXIT
"$python" -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check "pip-tools==7.6.2" "pip<27"
options="--quiet --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate"
"$venv/bin/pip-compile" $options --output-file=requirements.lock pyproject.toml
sed -i 's/^torch==2.13.0+cpu$/torch==2.13.0/' requirements.lock
"$venv/bin/pip-compile" $options --extra=test --constraint=requirements.lock --output-file=requirements-test.lock pyproject.toml
sed -i 's/^torch==2.13.0+cpu$/torch==2.13.0/' requirements-test.lock
