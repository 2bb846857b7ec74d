#!/usr/bin/env bash
# The search beside its peers, in one run, on one machine: installs what it needs, builds, makes the logs once, prints a table.
#   run.sh [--quick] [row]... [option]...       rows: plain many gz bundle window rules bytes memory line console import; all without
#   --quick is 64 MB and three rounds; --size 1G, --rounds 5, --seed 1, --folder and --table as given
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=${CITRIXOPS_BENCHMARK_FOLDER:-${TMPDIR:-/tmp}/citrixops-benchmark}
arguments=()
for argument in "$@"; do
  if [ "$argument" = --quick ]; then arguments+=(--size 64M --rounds 3); else arguments+=("$argument"); fi
done

# ripgrep is a Debian package; without it its rows say so
if ! command -v rg >/dev/null; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  { "${as_root[@]}" apt-get install -y -q ripgrep || { "${as_root[@]}" apt-get update -q && "${as_root[@]}" apt-get install -y -q ripgrep; }; } >/dev/null 2>&1 ||
    echo "ripgrep is not here and could not be installed: its rows are left out" >&2
fi

mkdir -p "$folder"
dotnet build "$here" -c Release --nologo -v q >&2
dotnet publish "$root/src/CitrixOps.Console" -c Release --use-current-runtime --self-contained false --nologo -v q -o "$folder/console" >&2
rm -rf "$folder/module"
cp -r "$root/artifacts/CitrixOps" "$folder/module"
exec dotnet "$here/bin/Release/net10.0/CitrixOps.Benchmarks.dll" rows \
  --folder "$folder" --console "$folder/console/CitrixOps.Console.dll" --module "$folder/module/CitrixOps.psd1" "${arguments[@]}"
